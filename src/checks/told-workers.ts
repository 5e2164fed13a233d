import type { Finding } from './finding.js';
import type { Wiring } from './wiring.js';
import { isMetricsPort, type WorkloadContainer } from './workload.js';

/** More workers than anyone has in a pod. */
const MOST = 100;

/** What is told in numbers alone, as in `WEB_CONCURRENCY`. */
const WHOLE_NUMBER = /^[1-9][0-9]{0,4}$/;

/**
 * An application that is told a port for each of its workers is scraped on each of them, whatever the ports are named.
 * Where they are named metrics-#, those names say so already (see checkScrapedOnce and checkApplicationEnv).
 */
export function checkToldWorkers({ workloads, scrapes, undecided }: Wiring): Finding[] {
  return workloads.flatMap(({ object, containers }) =>
    containers.flatMap((container) => {
      if (container.ports.some(isMetricsPort)) return [];
      const scraped = [...scrapes, ...undecided].filter(({ port }) => container.ports.includes(port));
      const lacking = toldPorts(container).filter(
        (told) => !scraped.some(({ port }) => port.number === told),
      );
      if (lacking.length === 0) return [];
      const message = `METRICS_START_PORT and WEB_CONCURRENCY give workers the metrics ports ${lacking.join(', ')}, which no endpoint of a ServiceMonitor or PodMonitor scrapes`;
      return [{ severity: 'error' as const, object, field: `${container.field}.ports`, message }];
    }),
  );
}

/** The metrics ports that the application is told; none where its workers write to files and share one. */
function toldPorts({ env }: WorkloadContainer): number[] {
  const [start = '', workers = ''] = [env.get('METRICS_START_PORT'), env.get('WEB_CONCURRENCY')];
  if (!WHOLE_NUMBER.test(start) || !WHOLE_NUMBER.test(workers) || env.has('PROMETHEUS_MULTIPROC_DIR'))
    return [];
  return Array.from({ length: Math.min(Number(workers), MOST) }, (_, i) => Number(start) + i);
}
