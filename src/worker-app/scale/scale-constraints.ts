import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { DeploymentConstraint, DeploymentValues } from '../pod-values.js';
import type { WorkerAppProps } from '../worker-app-props.js';

/** The constraints between the keys that say how many pods there are. */
export const SCALE_CONSTRAINTS: readonly DeploymentConstraint[] = [
  { reads: ['replicas', 'autoscaling'], problems: replicasBesideAutoscaling },
  { reads: ['autoscaling.minReplicas', 'autoscaling.maxReplicas'], problems: minAboveMax },
  { reads: ['autoscaling.minReplicas', 'autoscaling.metrics'], problems: scaledToZero },
  { reads: ['podDisruptionBudget'], problems: twoBudgets },
];

function replicasBesideAutoscaling(
  _: unknown,
  { replicas, autoscaling }: Pick<WorkerAppProps, 'replicas' | 'autoscaling'>,
): FieldDiagnostic[] {
  if (autoscaling === undefined || typeof replicas !== 'number') return [];
  const message = 'the autoscaler sets the number of pods, and each apply would set it back';
  const hint = 'remove it (in an environment: replicas: null), or remove autoscaling';
  return [{ path: ['replicas'], message, hint, inKey: true }];
}

function minAboveMax({ autoscaling }: DeploymentValues): FieldDiagnostic[] {
  if (autoscaling === undefined) return [];
  const { minReplicas, maxReplicas } = autoscaling;
  if (minReplicas <= maxReplicas) return [];
  const message = `${minReplicas} is above autoscaling.maxReplicas ${maxReplicas}`;
  const hint = `lower it to ${maxReplicas} or below, or raise autoscaling.maxReplicas`;
  return [{ path: ['autoscaling', 'minReplicas'], message, hint }];
}

/** Without pods there are no pod metrics that could ask for more (HorizontalPodAutoscaler validation). */
function scaledToZero({ autoscaling }: DeploymentValues): FieldDiagnostic[] {
  if (autoscaling === undefined || autoscaling.minReplicas > 0) return [];
  const metrics = autoscaling.metrics ?? [];
  if (metrics.some(({ type }) => type === 'Object' || type === 'External')) return [];
  const message = 'with 0 pods, only a metric of type Object or External can ask for more';
  const hint = 'add one to autoscaling.metrics, or set 1 or above';
  return [{ path: ['autoscaling', 'minReplicas'], message, hint }];
}

function twoBudgets(
  _: unknown,
  { podDisruptionBudget: given }: Pick<WorkerAppProps, 'podDisruptionBudget'>,
): FieldDiagnostic[] {
  if (typeof given !== 'object' || given.minAvailable === undefined || given.maxUnavailable === undefined)
    return [];
  const message = 'a budget has either minAvailable or maxUnavailable';
  return [
    { path: ['podDisruptionBudget', 'minAvailable'], message, hint: 'remove one of the two', inKey: true },
  ];
}
