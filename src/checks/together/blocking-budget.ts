import { count } from '../../diagnostics/count.js';
import type { Message } from '../../diagnostics/diagnostic.js';
import { at, type Manifest } from '../../kubernetes/manifest.js';
import { podsOf } from '../../kubernetes/pod-share.js';

/**
 * The field of a PodDisruptionBudget that lets no pod be evicted: the drain of a node then never ends.
 *
 * @param fewest number of its pods, with an autoscaler the fewest; undefined if it is not known
 * @see getExpectedPodCount in pkg/controller/disruption of Kubernetes, which rounds both percentages up
 */
export function blockingBudget(
  manifest: Manifest,
  fewest: number | undefined,
): (Message & { readonly field: string }) | undefined {
  if (fewest === 0) return undefined;
  const minAvailable = shareAt(manifest, 'minAvailable');
  const maxUnavailable = shareAt(manifest, 'maxUnavailable');
  const ofPods = fewest === undefined ? 'of the pods' : `of ${count(fewest, 'pod')}`;
  const effect = 'therefore no pod can be evicted and no node drained';
  if (minAvailable !== undefined && keepsAll(minAvailable, fewest)) {
    const message = `${minAvailable} ${ofPods} must stay available, ${effect}`;
    const hint = fewest === 1 ? 'add a pod, or remove the budget' : 'set maxUnavailable: 1 instead';
    return { field: 'spec.minAvailable', message, hint };
  }
  if (maxUnavailable === undefined || podsOf(maxUnavailable, 1, Math.ceil) > 0) return undefined;
  const message = `${maxUnavailable} ${ofPods} may be unavailable, ${effect}`;
  return { field: 'spec.maxUnavailable', message, hint: 'set 1 or above, or remove the budget' };
}

function keepsAll(minAvailable: string | number, fewest: number | undefined): boolean {
  if (fewest === undefined) return minAvailable === '100%';
  return podsOf(minAvailable, fewest, Math.ceil) >= fewest;
}

/** A number of pods or a percentage of them; undefined if the API server refuses it. */
function shareAt(manifest: Manifest, field: string): string | number | undefined {
  const share = at(manifest, 'spec', field);
  const isPercentage = typeof share === 'string' && /^[0-9]+%$/.test(share);
  return isPercentage || typeof share === 'number' ? share : undefined;
}
