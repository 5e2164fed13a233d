import { labelsField } from '../../schema/kubernetes-fields.js';
import { key } from '../key.js';

export const podLabels = key({
  scope: 'pods',
  field: () => labelsField(),
  description:
    'Additional labels of the pods alone. The labels by which the Deployment selects its pods cannot be changed.',
  unset: 'none',
  example: { 'sidecar.istio.io/inject': 'true' },
  podLabels: (given) => given,
});
