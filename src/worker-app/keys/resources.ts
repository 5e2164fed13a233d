import { Quantity } from '../../kubernetes/quantity.js';
import { resourcesKey } from '../../schema/kubernetes-keys.js';

export const resources = resourcesKey({
  description: 'CPU and memory of the container, as Kubernetes `requests` and `limits`.',
  unset:
    'requests of 100m CPU and 128Mi memory for each worker, plus 64Mi for the master; a memory limit of twice the memory request; no CPU limit',
  example: { limits: { memory: '2Gi' } },
  // An idle Django worker takes about 80 to 120 MiB; the master about 40.
  requests: ({ workers }: { workers: number }) => ({
    cpu: Quantity.millicpu(100 * workers),
    memory: Quantity.mebibytes(64 + 128 * workers),
  }),
  // Room for peaks. There is no CPU limit: it would only slow the workers down.
  limits: (memory) => ({ memory: memory.times(2) }),
});
