import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { ReachedPorts } from './reached-ports.js';
import { scrapedWorkloads } from './scraped-once.js';
import type { Wiring } from '../wiring/wiring.js';
import { isMetricsPort, type Workload, type WorkloadContainer } from '../cluster/workload.js';

/** Maximum number of workers whose ports are checked. */
const MOST = 100;

/** A literal number in an environment variable. */
const WHOLE_NUMBER = /^[1-9][0-9]{0,4}$/;

/**
 * Checks that the metrics port of each worker is scraped if METRICS_START_PORT and WEB_CONCURRENCY define the ports.
 * Ports named metrics-# are checked by checkScrapedOnce and checkWorkerEnv.
 */
export function checkUnscrapedWorkers(wiring: Wiring): Diagnostic[] {
  return unscrapedWorkers(wiring).map(({ workload: { object }, container, numbers }) => {
    const message = `METRICS_START_PORT and WEB_CONCURRENCY give workers the metrics ports ${numbers.join(', ')}, but no endpoint of a ServiceMonitor or PodMonitor scrapes them`;
    return { severity: 'error' as const, object, field: `${container.field}.ports`, message };
  });
}

/** Metrics ports of workers that nothing scrapes, in a container without a port named metrics or metrics-#. */
export interface UnscrapedWorkers {
  readonly workload: Workload;
  readonly container: WorkloadContainer;
  readonly numbers: readonly number[];
}

export function unscrapedWorkers(wiring: Wiring): UnscrapedWorkers[] {
  const unnamed = scrapedWorkloads(wiring).filter(({ containers }) => containers.some(hasUnnamedPorts));
  if (unnamed.length === 0) return [];
  const reached = new ReachedPorts(wiring);
  return unnamed.flatMap((workload) =>
    workload.containers.filter(hasUnnamedPorts).flatMap((container) => {
      const wanted = portsInEnv(container).map((number) => ({ workload, port: { number } }));
      const numbers = reached.lacking(wanted).map(({ port }) => port.number);
      return numbers.length === 0 ? [] : [{ workload, container, numbers }];
    }),
  );
}

/** Whether the environment defines metrics ports, and no port has the name metrics or metrics-#. */
function hasUnnamedPorts(container: WorkloadContainer): boolean {
  return !container.ports.some(isMetricsPort) && portsInEnv(container).length > 0;
}

/** Returns the metrics ports that the environment defines; none if the workers share one port (multiprocess mode). */
export function portsInEnv({ env }: WorkloadContainer): number[] {
  const [start = '', workers = ''] = [env.get('METRICS_START_PORT'), env.get('WEB_CONCURRENCY')];
  if (!WHOLE_NUMBER.test(start) || !WHOLE_NUMBER.test(workers) || env.has('PROMETHEUS_MULTIPROC_DIR'))
    return [];
  return Array.from({ length: Math.min(Number(workers), MOST) }, (_, i) => Number(start) + i);
}
