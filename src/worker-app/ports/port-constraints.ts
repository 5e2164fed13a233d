import { UNPRIVILEGED_PORT } from '../../kubernetes/whole-number.js';
import { beyondLastPort } from './metrics-ports.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { metricsPorts } from './metrics-ports-of.js';

type Served = Pick<ResolvedWorkerApp, 'workers' | 'http' | 'metrics'>;

const RANGE = ['workers', 'http.port', 'metrics.startPort', 'metrics.strategy'];

/** The ports of the application and of its workers must differ. */
export const PORT_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  { reads: RANGE, problems: metricsRange },
  { reads: [...RANGE, 'http.servicePort', 'metrics.monitor', 'metrics.service'], problems: servicePort },
];

function metricsRange({ workers, http, metrics }: Served): FieldDiagnostic[] {
  const { min, max } = UNPRIVILEGED_PORT;
  const { port: httpPort } = http;
  const { startPort } = metrics;
  const count = metrics.strategy === 'multiprocess' ? 1 : workers;
  const top = max - count + 1;
  /** The highest start port whose range ends at or below 65535 and does not contain http.port. */
  const highest = httpPort < top ? top : httpPort - count;

  const path = ['metrics', 'startPort'];
  if (startPort < min || startPort > max) {
    const message = `its default, http.port + 1 = ${startPort}, is out of range; set it to a whole number from ${min} to ${highest}`;
    return [{ path, message }];
  }
  if (startPort > top) return [{ path: ['workers'], message: beyondLastPort(count, startPort, highest) }];
  if (httpPort < startPort || httpPort >= startPort + count) return [];
  const whose =
    count === 1
      ? `port ${startPort} is http.port, too`
      : `ports ${startPort}-${startPort + count - 1} of ${count} workers cover http.port ${httpPort}`;
  const free = httpPort < top ? `${httpPort + 1} or above` : `${highest} or below`;
  return [{ path, message: `${whose}; set metrics.startPort to ${free}` }];
}

function servicePort(app: Served): FieldDiagnostic[] {
  if (metricsRange(app).length > 0) return [];
  const { monitor, service } = app.metrics;
  if (monitor === 'PodMonitor' || service === 'headless') return []; // the Service has no metrics ports
  const ports = metricsPorts(app);
  const port = app.http.servicePort;
  if (!ports.covers(port)) return [];
  const message = `${port} is a metrics port (${ports}), and the Service has the metrics ports too; set http.servicePort to a port outside ${ports}`;
  return [{ path: ['http', 'servicePort'], message }];
}
