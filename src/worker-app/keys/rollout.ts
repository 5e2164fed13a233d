import type { DeploymentStrategy } from '../../kubernetes-shapes/types.js';
import { wholeNumberField } from '../../schema/fields.js';
import { shapeField } from '../../schema/shape-field.js';
import { partialKey } from '../../schema/key.js';
import { key, type KeyContext } from '../key.js';
import { podNumbers, type Scaled } from '../scale/pod-numbers.js';
import { RECREATE, rolloutStrategy } from '../rollout.js';
import { hasClaimOfOneNode } from '../volumes/claims.js';

const SECONDS = { min: 0, max: 2 ** 31 - 1 };

export const strategy = partialKey({
  field: () => shapeField<DeploymentStrategy>('DeploymentStrategy'),
  description: "How the pods are replaced in a rollout, in Kubernetes' form. It is merged over the default.",
  unset:
    'RollingUpdate with `maxSurge` and `maxUnavailable` of 25%; Recreate for one pod with a claim of `volumes` that only one node can use',
  example: { rollingUpdate: { maxUnavailable: 0 } },
  resolve: (given, app: Scaled & Pick<KeyContext, 'volumes'>) =>
    given === undefined && podNumbers(app).most === 1 && hasClaimOfOneNode(app.volumes)
      ? RECREATE
      : rolloutStrategy(given),
});

export const minReadySeconds = key({
  field: () => wholeNumberField(SECONDS),
  description: 'Seconds that a new pod must be ready before the rollout goes on.',
  unset: "Kubernetes' default: 0",
  example: 10,
  deployment: (seconds) => ({ minReadySeconds: seconds }),
});

export const revisionHistoryLimit = key({
  field: () => wholeNumberField({ min: 0, max: 1000 }),
  description: 'Number of old ReplicaSets that are kept for `kubectl rollout undo`.',
  unset: '10',
  example: 3,
  deployment: (limit) => ({ revisionHistoryLimit: limit }),
});

export const progressDeadlineSeconds = key({
  field: () => wholeNumberField({ min: 1, max: 2 ** 31 - 1 }),
  description:
    'Seconds without progress after which a rollout counts as failed. More than `minReadySeconds`.',
  unset: "Kubernetes' default: 600",
  example: 900,
  deployment: (seconds) => ({ progressDeadlineSeconds: seconds }),
});
