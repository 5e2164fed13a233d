import type { DeploymentValues } from '../pod-values.js';
import { surge, unavailable } from '../rollout.js';
import { podNumbers } from '../scale/pod-numbers.js';

/** Why several pods need the volumes at the same time, in words; undefined if one pod does. */
export function podsAtATime(
  app: Pick<DeploymentValues, 'replicas' | 'autoscaling' | 'strategy'>,
): string | undefined {
  // Another scaler sets the number: at least one pod is rolled out.
  const { most = 1 } = podNumbers(app);
  if (most > 1) return `${app.autoscaling === undefined ? 'replicas' : 'autoscaling.maxReplicas'} is ${most}`;
  // Where the old pod may go first, the new one waits for its volumes, and gets them.
  const { strategy } = app;
  const isNewFirst = most > 0 && surge(most, strategy) > 0 && unavailable(most, strategy) === 0;
  return isNewFirst ? 'a rollout starts the new pod before the old one ends' : undefined;
}
