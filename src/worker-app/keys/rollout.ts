import type { DeploymentStrategy } from '../../kubernetes-shapes/types.js';
import { wholeNumberField } from '../../schema/fields.js';
import { shapeField } from '../../schema/shape-field.js';
import { partialKey } from '../../schema/key.js';
import { key, withEffects, type PodContext } from '../key.js';
import { podNumbers, type Scaled } from '../scale/pod-numbers.js';
import { RECREATE, rolloutStrategy } from '../rollout.js';
import { hasClaimOfOneNode } from '../volumes/claims.js';

const SECONDS = { min: 0, max: 2 ** 31 - 1 };

interface StrategyWords<App> {
  readonly unset: string;
  /** Whether two pods must not run at the same time. */
  isRecreated(app: App): boolean;
}

/** Defines the key `strategy` of a Deployment. */
export const strategyKey = <App>({ unset, isRecreated }: StrategyWords<App>) =>
  withEffects(
    partialKey({
      field: () => shapeField<DeploymentStrategy>('DeploymentStrategy'),
      description:
        "How the pods are replaced in a rollout, in Kubernetes' form. It is merged over the default.",
      unset,
      example: { rollingUpdate: { maxUnavailable: 0 } },
      resolve: (given, app: App) =>
        given === undefined && isRecreated(app) ? RECREATE : rolloutStrategy(given),
    }),
    { deployment: (strategy) => ({ strategy }) },
    'deployments',
  );

/** Whether the only pod has a claim that only one node can use. */
export function hasClaimOfOnePod(app: Scaled & Pick<PodContext, 'volumes'>): boolean {
  return podNumbers(app).most === 1 && hasClaimOfOneNode(app.volumes);
}

export const strategy = strategyKey({
  unset:
    'RollingUpdate with `maxSurge` and `maxUnavailable` of 25%; Recreate for one pod with a claim of `volumes` that only one node can use',
  isRecreated: hasClaimOfOnePod,
});

export const minReadySeconds = key({
  scope: 'deployments',
  field: () => wholeNumberField(SECONDS),
  description: 'Seconds that a new pod must be ready before the rollout goes on.',
  unset: "Kubernetes' default: 0",
  example: 10,
  deployment: (seconds) => ({ minReadySeconds: seconds }),
});

export const revisionHistoryLimit = key({
  scope: 'deployments',
  field: () => wholeNumberField({ min: 0, max: 1000 }),
  description: 'Number of old ReplicaSets that are kept for `kubectl rollout undo`.',
  unset: '10',
  example: 3,
  deployment: (limit) => ({ revisionHistoryLimit: limit }),
});

export const progressDeadlineSeconds = key({
  scope: 'deployments',
  field: () => wholeNumberField({ min: 1, max: 2 ** 31 - 1 }),
  description:
    'Seconds without progress after which a rollout counts as failed. More than `minReadySeconds`.',
  unset: "Kubernetes' default: 600",
  example: 900,
  deployment: (seconds) => ({ progressDeadlineSeconds: seconds }),
});
