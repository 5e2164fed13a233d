import { podsOf } from '../kubernetes/pod-share.js';
import type { DeploymentStrategy } from '../kubernetes-shapes/types.js';
import { mergeShapes } from '../kubernetes-shapes/merge-shapes.js';

/** Percentage of pods that a rollout may add (rounded up), and that may be missing during it (rounded down). */
const DEFAULT_PERCENT = '25%';

/** The strategy of a Deployment if nothing else is set. */
const DEFAULT_STRATEGY: DeploymentStrategy = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: DEFAULT_PERCENT, maxUnavailable: DEFAULT_PERCENT },
};

/** For volumes that only the pods of one node can use: the old pod ends before the new one starts. */
export const RECREATE: DeploymentStrategy = { type: 'Recreate' };

/** The strategy with the default of each field. */
export function rolloutStrategy(given: DeploymentStrategy | undefined): DeploymentStrategy {
  return given === undefined
    ? DEFAULT_STRATEGY
    : (mergeShapes(DEFAULT_STRATEGY, given) as DeploymentStrategy);
}

/** The most pods that a rollout adds at a time. */
export function surge(replicas: number, given: DeploymentStrategy | undefined): number {
  const { rollingUpdate } = rolloutStrategy(given);
  return rollingUpdate === undefined
    ? 0
    : podsOf(rollingUpdate.maxSurge ?? DEFAULT_PERCENT, replicas, Math.ceil);
}

/** The most pods that may be missing during a rollout. */
export function unavailable(replicas: number, given: DeploymentStrategy | undefined): number {
  const { rollingUpdate } = rolloutStrategy(given);
  if (rollingUpdate === undefined) return replicas;
  return podsOf(rollingUpdate.maxUnavailable ?? DEFAULT_PERCENT, replicas, Math.floor);
}
