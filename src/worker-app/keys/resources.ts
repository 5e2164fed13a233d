import { Quantity } from '../../kubernetes/quantity.js';
import { resourcesKey } from '../../schema/kubernetes-keys.js';

export const resources = resourcesKey({
  description: 'Compute resources of the container, as in Kubernetes.',
  unset:
    'requests of 100m CPU and 128Mi memory for each worker, and 64Mi more for the master; a memory limit of twice the memory request; no CPU limit',
  example: { limits: { memory: '2Gi' } },
  // A Django worker at rest takes about 80 to 120 MiB; the master, which serves nothing, about 40.
  requests: ({ workers }: { workers: number }) => ({
    cpu: Quantity.millicpu(100 * workers),
    memory: Quantity.mebibytes(64 + 128 * workers),
  }),
  // Room for peaks. A CPU limit would only throttle workers that wait for it, so there is none.
  limits: (memory) => ({ memory: memory.times(2) }),
});
