import { MetricsPorts } from './metrics-ports.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { applicationPorts, podPorts } from './application-ports.js';

type WithPorts = Pick<ResolvedWorkerApp, 'workers' | 'metrics' | 'http'> &
  Partial<Pick<ResolvedWorkerApp, 'ports' | 'initContainers' | 'sidecars'>>;

/**
 * Returns the ports of one pod that Prometheus scrapes for the workers: one for each worker, one for the sums of all workers,
 * or none with `metrics: false`.
 * @throws RangeError if a port is out of range (see PORT_CONSTRAINTS)
 */
export function metricsPorts(app: WithPorts): MetricsPorts {
  const { metrics } = app;
  return metrics !== false && metrics.strategy === 'aggregated'
    ? aggregatedPort(app, metrics.port ?? 'http')
    : reservedPorts(app);
}

/** The metrics ports that nothing else in the pod may use. The application chooses its own port with `strategy: aggregated`. */
export function reservedPorts({ workers, metrics }: Pick<WithPorts, 'workers' | 'metrics'>): MetricsPorts {
  if (metrics === false || metrics.strategy === 'aggregated') return MetricsPorts.none();
  return metrics.strategy === 'multiprocess'
    ? MetricsPorts.shared(metrics.startPort)
    : MetricsPorts.forWorkers(workers, metrics.startPort);
}

/** A port that a container has already keeps its name: a port with two names would be scraped under either. */
function aggregatedPort(app: WithPorts, given: number | string): MetricsPorts {
  const known = podPorts(app);
  const port = known.find(({ name, number }) => (given === 'http' ? name : number) === given);
  return port === undefined
    ? MetricsPorts.shared(Number(given))
    : MetricsPorts.shared(port.number, port.name);
}

/** The metrics ports that the Service of the application gets beside its other ports. */
export function metricsPortsOfService(app: WithPorts, ports = metricsPorts(app)): MetricsPorts {
  const { metrics } = app;
  if (metrics === false || metrics.monitor !== 'ServiceMonitor' || metrics.service !== 'shared')
    return MetricsPorts.none();
  const names = new Set(applicationPorts(app).map(({ name }) => name));
  return ports.filter(({ name }) => !names.has(name));
}

/** The metrics ports that the application's container gets beside its other ports. */
export function metricsPortsOfContainer(app: WithPorts, ports = metricsPorts(app)): MetricsPorts {
  const numbers = new Set(podPorts(app).map(({ number }) => number));
  return ports.filter(({ number }) => !numbers.has(number));
}
