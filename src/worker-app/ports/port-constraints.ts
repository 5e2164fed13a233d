import { UNPRIVILEGED_PORT } from '../../kubernetes/whole-number.js';
import { beyondLastPort } from './metrics-ports.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { onlyWith, type Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { inspect, nearestName } from '../../diagnostics/expected.js';
import { applicationPorts, podPorts } from './application-ports.js';
import { metricsPortsOfContainer, metricsPortsOfService, reservedPorts } from './metrics-ports-of.js';

type Served = Pick<ResolvedWorkerApp, 'workers' | 'http' | 'metrics'> &
  Partial<Pick<ResolvedWorkerApp, 'ports' | 'initContainers' | 'sidecars'>>;

const RANGE = ['workers', 'http.port', 'metrics.startPort', 'metrics.strategy', 'metrics.port'];

/** The ports of the application and of its workers must differ. */
export const PORT_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  { reads: RANGE, problems: metricsRange },
  { reads: [...RANGE, 'http.servicePort', 'metrics.monitor', 'metrics.service'], problems: servicePort },
  ...onlyWith<ResolvedWorkerApp, object>(
    ['ports'],
    [
      { reads: [...RANGE, 'ports'], problems: portsInRange },
      {
        reads: ['ports', 'http.port', 'metrics.strategy', 'metrics.port', 'initContainers', 'sidecars'],
        problems: portNames,
      },
      {
        reads: [...RANGE, 'ports', 'http.servicePort', 'metrics.monitor', 'metrics.service'],
        problems: servicePorts,
      },
    ],
  ),
  { reads: ['http.targetPort', 'ports', 'initContainers', 'sidecars', 'patches'], problems: targetPort },
];

/** Problems of the metrics ports: without any, `metricsPorts` returns them. */
export function metricsRange({ workers, http, metrics }: Served): FieldDiagnostic[] {
  const { min, max } = UNPRIVILEGED_PORT;
  if (metrics === false || metrics.strategy === 'aggregated') return [];
  const { port: httpPort } = http;
  const { startPort } = metrics;
  const count = metrics.strategy === 'multiprocess' ? 1 : workers;
  const top = max - count + 1;
  /** The highest start port whose range ends at or below 65535 and does not contain http.port. */
  const highest = httpPort < top ? top : httpPort - count;

  if (startPort < min || startPort > max) {
    const message = `the default of metrics.startPort, http.port + 1 = ${startPort}, is out of range`;
    const hint = `set metrics.startPort to a whole number from ${min} to ${highest}`;
    return [{ path: ['http', 'port'], message, hint }];
  }
  if (startPort > top) return [{ path: ['workers'], ...beyondLastPort(count, startPort, highest) }];
  if (httpPort < startPort || httpPort >= startPort + count) return [];
  const path = ['metrics', 'startPort'];
  const whose =
    count === 1
      ? `port ${startPort} is http.port, too`
      : `ports ${startPort}-${startPort + count - 1} of ${count} workers cover http.port ${httpPort}`;
  const free = httpPort < top ? `${httpPort + 1} or above` : `${highest} or below`;
  return [{ path, message: whose, hint: `set metrics.startPort to ${free}` }];
}

function servicePort(app: Served): FieldDiagnostic[] {
  if (metricsRange(app).length > 0) return [];
  const ports = metricsPortsOfService(app);
  const port = app.http.servicePort;
  if (!ports.covers(port)) return [];
  const message = `${port} is a metrics port (${ports}), and the Service has the metrics ports too`;
  const hint = `set http.servicePort to a port outside ${ports}`;
  return [{ path: ['http', 'servicePort'], message, hint }];
}

/** A port of the application within the metrics range. */
function portsInRange(app: Served): FieldDiagnostic[] {
  if (metricsRange(app).length > 0) return [];
  const range = reservedPorts(app);
  return Object.entries(app.ports ?? {}).flatMap(([name, given]) => {
    const [path, port] =
      typeof given === 'number' ? [['ports', name], given] : [['ports', name, 'port'], given.port];
    if (!range.covers(port)) return [];
    const message = `${port} is a metrics port (${range})`;
    const hint = `choose a port outside ${range}`;
    return [{ path, message, hint }];
  });
}

/** Monitors scrape ports with the names of metrics ports, also in pods with other numbers of workers. */
function portNames(app: Served): FieldDiagnostic[] {
  const { ports = {}, metrics } = app;
  if (metrics === false) return [];
  const isAggregated = metrics.strategy === 'aggregated';
  const added = isAggregated ? metricsPortsOfContainer(app).map(({ name }) => name) : [];
  return Object.keys(ports)
    .filter((name) => (isAggregated ? added.includes(name) : /^metrics(-[0-9]+)?$/.test(name)))
    .map((name) => ({
      path: ['ports', name],
      message: `${name} is the name of a metrics port`,
      hint: 'choose another name',
      inKey: true,
    }));
}

/** The ports of a Service differ. */
function servicePorts(app: Served): FieldDiagnostic[] {
  if (metricsRange(app).length > 0) return [];
  const range = metricsPortsOfService(app);
  const taken = new Map<number, string>();
  return applicationPorts(app).flatMap(({ name, servicePort: port }) => {
    const other = taken.get(port);
    if (other === undefined) taken.set(port, name);
    const given = app.ports?.[name];
    if (given === undefined) return []; // http: see above
    const path = ['ports', name, ...(typeof given !== 'number' && given.servicePort ? ['servicePort'] : [])];
    const hint = `set ports.${name}.servicePort to another port`;
    if (other !== undefined)
      return [{ path, message: `the Service has port ${port} already, as ${other}`, hint }];
    // A container port in the range is a problem of its own.
    if (!range.covers(port) || typeof given === 'number' || given.servicePort === undefined) return [];
    const message = `${port} is a metrics port (${range}), and the Service has the metrics ports too`;
    return [{ path, message, hint }];
  });
}

/** Patches may add the container with the port. The checks of the finished objects then find a port that is not there. */
function targetPort(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const { http, patches } = app;
  if (http.targetPort === undefined || patches !== undefined) return [];
  const known = podPorts(app).map(({ name }) => name);
  if (known.includes(http.targetPort)) return [];
  return [
    {
      path: ['http', 'targetPort'],
      message: `${inspect(http.targetPort)} is not a port of the pods (${known.join(', ')})`,
      hint: nearestName(http.targetPort, known) ?? 'name a port of a sidecar, or of ports',
    },
  ];
}
