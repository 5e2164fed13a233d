import { Quantity } from '../../kubernetes/quantity.js';
import { requirements } from '../../kubernetes/resources.js';
import { resourcesKey } from '../../schema/kubernetes-keys.js';
import { withEffects } from '../key.js';

interface ResourcesWords {
  readonly unset: string;
  /** Default requests. @param app the resolved keys that are defined before this one */
  // eslint-disable-next-line typescript/no-explicit-any
  requests(app: any): { readonly cpu: Quantity; readonly memory: Quantity };
}

/** Defines the key of the compute resources of the container of a pod. */
export const podResources = (words: ResourcesWords) =>
  withEffects(
    resourcesKey({
      description: 'CPU and memory of the container, as Kubernetes `requests` and `limits`.',
      example: { limits: { memory: '2Gi' } },
      // Room for peaks. There is no CPU limit: it would only slow the processes down.
      limits: (memory) => ({ memory: memory.times(2) }),
      ...words,
    }),
    { container: (resources) => ({ resources: requirements(resources) }) },
    'pods',
  );

export const resources = podResources({
  unset:
    'requests of 100m CPU and 128Mi memory for each worker, plus 64Mi for the master; a memory limit of twice the memory request; no CPU limit',
  // An idle Django worker takes about 80 to 120 MiB; the master about 40.
  requests: ({ workers }: { workers: number }) => ({
    cpu: Quantity.millicpu(100 * workers),
    memory: Quantity.mebibytes(64 + 128 * workers),
  }),
});
