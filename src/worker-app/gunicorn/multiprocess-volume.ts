import { Quantity } from '../../kubernetes/quantity.js';
import type { PodPart } from '../pod-part.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';

/** Where workers write their metrics for prometheus_client's multiprocess mode: a volume in memory. */
export const MULTIPROCESS_FOLDER = '/prometheus-multiproc';

const NAME = 'multiprocess-metrics';

export function multiprocessVolume({ metrics, workers }: WorkerAppSpec): PodPart {
  if (metrics.strategy !== 'multiprocess') return {};
  return {
    volumes: [
      {
        volume: { name: NAME, emptyDir: { medium: 'Memory', sizeLimit: String(sizeLimit(workers)) } },
        mount: { name: NAME, mountPath: MULTIPROCESS_FOLDER },
      },
    ],
  };
}

/**
 * Room for the files of all workers, for those of the old workers beside the new ones during a reload, and twice for the
 * counts of ended workers, which are rewritten when the next one ends. 8 MiB hold some 40,000 samples; the example
 * application takes 32 KiB a worker. A worker that finds the volume full is killed (SIGBUS) or not counted. A large limit is
 * cheap: only used pages count towards the container's memory.
 */
function sizeLimit(workers: number): Quantity {
  return Quantity.mebibytes(8 * (2 * workers + 2));
}
