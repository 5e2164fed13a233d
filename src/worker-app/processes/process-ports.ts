import {
  applicationPorts,
  containerPorts,
  type ApplicationPort,
  type NamedPort,
} from '../ports/application-ports.js';
import type { ResolvedProcess } from './processes-key.js';

export interface ProcessPorts {
  readonly container: readonly NamedPort[];
  readonly service: readonly ApplicationPort[];
  /** The name of the port with the metrics. */
  readonly metrics?: string | undefined;
}

/** Name of a port that only `metrics` opens. */
const METRICS = 'metrics';

export function processPorts({
  ports = {},
  metrics,
}: Pick<ResolvedProcess, 'ports' | 'metrics'>): ProcessPorts {
  const container = containerPorts({ ports });
  const service = applicationPorts({ ports });
  if (metrics === undefined) return { container, service };
  const { port } = metrics;
  if (typeof port === 'string') return { container, service, metrics: port };
  const known = container.find(({ number }) => number === port);
  if (known !== undefined) return { container, service, metrics: known.name };
  return { container: [...container, { name: METRICS, number: port }], service, metrics: METRICS };
}
