import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Wiring } from './wiring.js';
import { isMetricsPort, type Workload, type WorkloadContainer } from './workload.js';

/** More workers than anyone has in a pod. */
const MOST = 100;

/** What is told in numbers alone, as in `WEB_CONCURRENCY`. */
const WHOLE_NUMBER = /^[1-9][0-9]{0,4}$/;

/**
 * An application that is told a port for each of its workers is scraped on each of them, whatever the ports are named.
 * Where they are named metrics-#, those names say so already (see checkScrapedOnce and checkWorkerEnv).
 */
export function checkUnscrapedWorkers(wiring: Wiring): Diagnostic[] {
  return unscrapedWorkers(wiring).map(({ workload: { object }, container, numbers }) => {
    const message = `METRICS_START_PORT and WEB_CONCURRENCY give workers the metrics ports ${numbers.join(', ')}, which no endpoint of a ServiceMonitor or PodMonitor scrapes`;
    return { severity: 'error' as const, object, field: `${container.field}.ports`, message };
  });
}

/** Ports of workers that nothing scrapes, and that no name of a port shows. */
export interface UnscrapedWorkers {
  readonly workload: Workload;
  readonly container: WorkloadContainer;
  readonly numbers: readonly number[];
}

export function unscrapedWorkers({ workloads, scrapes, undecided }: Wiring): UnscrapedWorkers[] {
  const told = workloads.filter(({ containers }) => containers.some((one) => toldPorts(one).length > 0));
  if (told.length === 0) return [];
  const scraped = new Set(
    [...scrapes, ...undecided].map(({ workload, port }) => `${keyOf(workload)} ${String(port.number)}`),
  );
  return told.flatMap((workload) =>
    workload.containers.flatMap((container) => {
      if (container.ports.some(isMetricsPort)) return [];
      const numbers = toldPorts(container).filter((told) => !scraped.has(`${keyOf(workload)} ${told}`));
      return numbers.length === 0 ? [] : [{ workload, container, numbers }];
    }),
  );
}

function keyOf({ object, podField }: Workload): string {
  return `${object} ${podField}`;
}

/** The metrics ports that the application is told; none where its workers write to files and share one. */
export function toldPorts({ env }: WorkloadContainer): number[] {
  const [start = '', workers = ''] = [env.get('METRICS_START_PORT'), env.get('WEB_CONCURRENCY')];
  if (!WHOLE_NUMBER.test(start) || !WHOLE_NUMBER.test(workers) || env.has('PROMETHEUS_MULTIPROC_DIR'))
    return [];
  return Array.from({ length: Math.min(Number(workers), MOST) }, (_, i) => Number(start) + i);
}
