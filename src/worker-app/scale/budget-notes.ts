import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { count } from '../../diagnostics/count.js';
import { podsOf } from '../../kubernetes/pod-share.js';
import { REPLICAS } from '../keys/replicas.js';
import type { DeploymentSpec } from '../pod-values.js';

/** Warns of a budget that lets no pod be evicted: the drain of a node then never ends. */
export function budgetNotes({ podDisruptionBudget: budget, pods }: DeploymentSpec): FieldDiagnostic[] {
  if (budget === false || pods.most === 0) return [];
  const { minAvailable, maxUnavailable } = budget;
  // Fewer pods leave less room. If nobody knows their number, a budget may block all numbers: 100%.
  const fewest = pods.most === undefined ? REPLICAS.max : Math.max(1, pods.fewest);
  // Kubernetes rounds both up (pkg/controller/disruption, getExpectedPodCount).
  const [field, evictable] =
    minAvailable === undefined
      ? ['maxUnavailable', podsOf(maxUnavailable ?? 1, fewest, Math.ceil)]
      : ['minAvailable', fewest - podsOf(minAvailable, fewest, Math.ceil)];
  if (evictable > 0) return [];
  const several = pods.most === undefined ? '' : ` of ${count(fewest, 'pod')}`;
  return [
    {
      severity: 'warning',
      path: ['podDisruptionBudget', field],
      message: `none${several} may be evicted, so that draining a node never ends`,
      hint: fewest > 1 ? 'set maxUnavailable: 1 instead' : 'add a pod, or set podDisruptionBudget to false',
    },
  ];
}
