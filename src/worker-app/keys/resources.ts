import { resourcesField } from '../../schema/kubernetes-fields.js';
import { Quantity } from '../../kubernetes/quantity.js';
import {
  resourcesOver,
  writtenQuantities,
  type ResolvedResources,
  type Resources,
} from '../../kubernetes/resources.js';
import { partialKey } from '../../schema/key.js';

export const resources = partialKey({
  field: resourcesField(),
  description: 'Compute resources of the container, as in Kubernetes. null removes one default, or all.',
  unset:
    'requests of 100m CPU and 128Mi memory for each worker, and 64Mi more for the master; a memory limit of twice the memory request; no CPU limit',
  example: { limits: { memory: '2Gi' } },
  resolve: (given: Resources | null | undefined, { workers }: { workers: number }) =>
    resourcesFor(workers, given),
});

/** The given resources over defaults that fit the workers. */
function resourcesFor(workers: number, given: Resources | null | undefined) {
  // A Django worker at rest takes about 80 to 120 MiB; the master, which serves nothing, about 40.
  const requests = { cpu: Quantity.millicpu(100 * workers), memory: Quantity.mebibytes(64 + 128 * workers) };
  // Room for peaks. A CPU limit would only throttle workers that wait for it, so there is none.
  const limits = (asked: ResolvedResources['requests']) => ({
    memory: (asked['memory'] ?? requests.memory).times(2),
  });
  return writtenQuantities(resourcesOver(requests, limits, given));
}
