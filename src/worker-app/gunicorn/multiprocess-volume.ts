import { Quantity } from '../../kubernetes/quantity.js';
import type { PodPart } from '../pod-part.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';

/** The volume in memory to which workers write their metrics in prometheus_client's multiprocess mode. */
export const MULTIPROCESS_FOLDER = '/prometheus-multiproc';

export const MULTIPROCESS_MOUNT = { name: 'multiprocess-metrics', mountPath: MULTIPROCESS_FOLDER };

export function multiprocessVolume({ metrics, workers }: WorkerAppSpec): PodPart {
  if (metrics === false || metrics.strategy !== 'multiprocess') return {};
  return {
    volumes: [
      {
        volume: {
          name: MULTIPROCESS_MOUNT.name,
          emptyDir: { medium: 'Memory', sizeLimit: String(sizeLimit(workers)) },
        },
        mounts: [MULTIPROCESS_MOUNT],
      },
    ],
  };
}

/**
 * Size limit of the volume. It has room for the files of all workers, for old and new workers together during a reload, and
 * twice for the counts of ended workers, which are rewritten when another worker ends. 8 MiB hold about 40,000 samples; the
 * reference application needs 32 KiB for each worker. When the volume is full, workers are killed (SIGBUS) or not counted. A
 * large limit costs nothing: only used pages count towards the container's memory.
 */
function sizeLimit(workers: number): Quantity {
  return Quantity.mebibytes(8 * (2 * workers + 2));
}
