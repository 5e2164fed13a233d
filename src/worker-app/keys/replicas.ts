import { wholeNumberField } from '../../schema/fields.js';
import { key } from '../key.js';

/** Allowed number of pods. */
export const REPLICAS = { min: 0, max: 10_000 };

export const replicas = key({
  scope: 'deployments',
  field: () => wholeNumberField(REPLICAS).nullable(),
  description:
    'Number of pods, 0 to 10000. `null`: another scaler sets it, such as KEDA; the manifests then contain no number.',
  unset: '1; with `autoscaling`, the autoscaler sets it',
  default: (_, { autoscaling }: { autoscaling: object | undefined }) =>
    autoscaling === undefined ? 1 : null,
  example: 3,
});
