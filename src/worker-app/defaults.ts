import { Quantity } from '../kubernetes/quantity.js';

/** What a WorkerApp is where its props are silent. The only place where these are written. */
export const DEFAULTS = {
  namespace: 'default',
  container: 'app',
  runAsUser: 1000,
  replicas: 1,
  http: { port: 8000, servicePort: 80 },
  alerts: false,
  dashboard: false,
  gunicorn: {
    logs: 'text',
    // gunicorn's own, in seconds; named here because the pod's periods must fit them
    timeout: 30,
    gracefulTimeout: 30,
    /** Workers that all began together must not all end together: requests vary by a tenth. */
    jitterShare: 10,
  },
} as const;

/** Pods that a rollout adds to those that there should be, rounded up; and as many may be missing, rounded down. */
export const MAX_SURGE_PERCENT = 25;

/** A Django worker at rest takes about 80 to 120 MiB; the master, which serves nothing, about 40. */
export function defaultRequests(workers: number): { cpu: Quantity; memory: Quantity } {
  return { cpu: Quantity.millicpu(100 * workers), memory: Quantity.mebibytes(64 + 128 * workers) };
}

/** Room for peaks. A CPU limit would only throttle workers that wait for it, so there is none. */
export function defaultMemoryLimit(memoryRequest: Quantity): Quantity {
  return memoryRequest.times(2);
}

/**
 * Room for the metrics of all workers, for those of the old ones beside the new ones in a reload, and twice for what the
 * ended ones counted, which is written anew as the next one ends. 8 MiB are some 40,000 samples; the example application takes 32 KiB a worker. It is generous as a worker
 * that finds it full is killed (SIGBUS) or not counted, and cheap as only used pages take the container's memory.
 */
export function multiprocessVolume(workers: number): Quantity {
  return Quantity.mebibytes(8 * (2 * workers + 2));
}
