import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { MANAGED_BY, MANAGED_BY_LABEL } from '../../kubernetes/labels.js';
import { addressesOf, DEFAULT_ADDRESSES } from '../../servers/server-addresses.js';
import { READS_WEB_CONCURRENCY, type ServerProcess } from '../../servers/server-process.js';
import { wordsOf } from '../cluster/container-server.js';
import { workersOf } from './server-settings.js';
import type { Wiring } from '../wiring/wiring.js';
import type { WorkloadContainer } from '../cluster/workload.js';

/** The mode in which the workers of prometheus_client add up their metrics. */
const MULTIPROCESS_MODE = 'PROMETHEUS_MULTIPROC_DIR';

/**
 * Notes the ports that several workers share and a monitor scrapes: Prometheus gets the metrics of another worker each time.
 * It is no warning, because the image may add up the metrics. In our own manifests, `metrics.strategy` says so.
 */
export function notesOnSharedPorts({ scrapes, servers }: Pick<Wiring, 'scrapes' | 'servers'>): Diagnostic[] {
  const noted = new Set<string>();
  return scrapes.flatMap(({ workload, container, port }): Diagnostic[] => {
    const process = container && servers.get(container);
    if (container === undefined || process === undefined) return [];
    if (workload.podLabels[MANAGED_BY_LABEL] === MANAGED_BY) return [];
    const workers = numberOfWorkers(container, process);
    if (!(workers > 1) || addsUp(container, process)) return [];
    if (!portsOf(process).includes(port.number)) return [];
    const { object } = workload;
    const message = `the ${workers} workers of ${process.server} share port ${String(port.number)}, and each scrape gets the metrics of one of them`;
    const hint = `set ${MULTIPROCESS_MODE}, unless the image adds them up, or give each worker a port of its own`;
    const id = `${object} ${container.field} ${String(port.number)}`;
    if (noted.has(id)) return [];
    noted.add(id);
    return [{ severity: 'note', object, field: container.field, message, hint }];
  });
}

/** NaN if the manifests don't contain the number. */
function numberOfWorkers({ env }: WorkloadContainer, process: ServerProcess): number {
  const inEnv = READS_WEB_CONCURRENCY.has(process.server) ? env.get('WEB_CONCURRENCY') : undefined;
  return workersOf(process) ?? Number(inEnv);
}

/** Whether the metrics are added up, as far as the manifests show it, or may be: by a file that they don't contain. */
function addsUp(container: WorkloadContainer, process: ServerProcess): boolean {
  return (
    process.readsFiles ||
    process.variable(MULTIPROCESS_MODE) !== undefined ||
    wordsOf(container).some((word) => word.toUpperCase().includes(MULTIPROCESS_MODE))
  );
}

/** The ports on which all workers of a server accept requests. */
function portsOf(process: ServerProcess): unknown[] {
  const addresses = addressesOf(process);
  if (addresses.length === 0) return [DEFAULT_ADDRESSES[process.server]?.port];
  return addresses.flatMap(({ port }) => port ?? []);
}
