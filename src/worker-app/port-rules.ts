import type { FieldRule } from '../fields/field-rules.js';
import { UNPRIVILEGED_PORT } from '../kubernetes/whole-number.js';
import type { FieldProblem } from '../problems/problem.js';
import { resolveScraping } from '../scraping/scraping.js';
import { defaultStartPort } from '../scraping/scraping-defaults.js';
import { DEFAULTS } from './defaults.js';
import type { WorkerAppProps } from './worker-app-props.js';

const RANGE = ['workers', 'http.port', 'metrics.startPort', 'metrics.strategy'];

/** The application and its workers have ports of their own. */
export const PORT_RULES: readonly FieldRule<WorkerAppProps>[] = [
  { reads: RANGE, problems: metricsRange },
  { reads: [...RANGE, 'http.servicePort', 'metrics.monitor', 'metrics.service'], problems: servicePort },
];

function metricsRange(props: WorkerAppProps): FieldProblem[] {
  const { workers, http, metrics } = props;
  const httpPort = http?.port ?? DEFAULTS.http.port;
  const startPort = metrics?.startPort ?? defaultStartPort(httpPort);
  const start = ['metrics', 'startPort'];
  const highest = UNPRIVILEGED_PORT.max - workers + 1;
  if (startPort < UNPRIVILEGED_PORT.min || startPort > UNPRIVILEGED_PORT.max) {
    const message = `its default, http.port + 1 = ${startPort}, is out of range; set it to a whole number from ${UNPRIVILEGED_PORT.min} to ${highest}`;
    return [{ path: start, message }];
  }
  try {
    const { ports } = resolveScraping(workers, httpPort, metrics);
    if (!ports.covers(httpPort)) return [];
    const free = httpPort < highest ? `${httpPort + 1} or above` : `${httpPort - workers} or below`;
    const whose =
      ports.count === 1
        ? `port ${ports} is http.port, too`
        : `ports ${ports} of ${workers} workers cover http.port ${httpPort}`;
    const message = `${whose}; set metrics.startPort to ${free}`;
    return [{ path: start, message }];
  } catch (error) {
    if (error instanceof RangeError) return [{ path: ['workers'], message: error.message }];
    throw error;
  }
}

function servicePort(props: WorkerAppProps): FieldProblem[] {
  if (metricsRange(props).length > 0) return [];
  const { workers, http, metrics } = props;
  const port = http?.servicePort ?? DEFAULTS.http.servicePort;
  const { ports, monitor, service } = resolveScraping(workers, http?.port ?? DEFAULTS.http.port, metrics);
  if (monitor === 'PodMonitor' || service === 'headless') return []; // the Service has no metrics ports
  if (!ports.covers(port)) return [];
  const message = `${port} is a metrics port (${ports}), and the Service has those too; set http.servicePort to a port outside ${ports}`;
  return [{ path: ['http', 'servicePort'], message }];
}
