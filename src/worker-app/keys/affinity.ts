import type { Affinity } from '../../kubernetes-shapes/types.js';
import { shapeField } from '../../schema/shape-field.js';
import { key } from '../key.js';

export const affinity = key({
  scope: 'inherited',
  field: () => shapeField<Affinity>('Affinity'),
  description: "Conditions by which the scheduler places the pods on nodes, in Kubernetes' form.",
  unset: 'none',
  example: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator: 'In', values: ['web'] }] }],
      },
    },
  },
  pod: (rules) => ({ affinity: rules }),
});
