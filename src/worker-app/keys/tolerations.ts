import type { Toleration } from '../../kubernetes-shapes/types.js';
import { shapeListField } from '../../schema/shape-field.js';
import { key } from '../key.js';

export const tolerations = key({
  scope: 'inherited',
  field: () => shapeListField<Toleration>('Toleration'),
  description: "Taints of nodes that the pods tolerate, in Kubernetes' form.",
  unset: "the cluster's default",
  example: [{ key: 'spot', operator: 'Exists', effect: 'NoSchedule' }],
  pod: (all) => ({ tolerations: all }),
});
