import { labelsField } from '../../schema/kubernetes-fields.js';
import { key } from '../key.js';

export const nodeSelector = key({
  scope: 'inherited',
  field: () => labelsField(),
  description: 'Labels of the nodes on which the pods may run, all of them.',
  unset: 'any node',
  example: { 'kubernetes.io/arch': 'amd64' },
  pod: (labels) => ({ nodeSelector: labels }),
});
