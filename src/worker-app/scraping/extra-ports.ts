import type { Manifest } from '../../kubernetes/manifest.js';
import type { MonitorKind } from '../worker-app-props.js';
import type { ApplicationPort, NamedPort } from '../ports/application-ports.js';

/** The endpoints of the user. */
export interface ExtraEndpoints {
  readonly monitor: MonitorKind;
  readonly extraEndpoints?: readonly Manifest[] | undefined;
}

interface Scraped {
  readonly metrics: ExtraEndpoints | false;
  readonly applicationPorts: readonly ApplicationPort[];
  readonly podPorts: readonly NamedPort[];
  /** The metrics ports of the workers. */
  readonly ports: Iterable<NamedPort>;
}

/** The container ports of `metrics.extraEndpoints`: numbers, or names of ports that are not known, such as those of a patch. */
export function extraPorts({ metrics, applicationPorts, podPorts, ports }: Scraped): (number | string)[] {
  if (metrics === false) return [];
  const { monitor, extraEndpoints = [] } = metrics;
  const known = [...podPorts, ...ports];
  /** The first of these fields that is set is the port. A ServiceMonitor has names of Service ports in `port`. */
  const portOf = ({ port, portNumber, targetPort }: Manifest) =>
    monitor === 'ServiceMonitor' && port !== undefined
      ? (applicationPorts.find(({ name }) => name === port)?.targetPort ?? port)
      : (port ?? portNumber ?? targetPort);
  return extraEndpoints.flatMap((endpoint) => {
    const port = portOf(endpoint);
    if (typeof port === 'number') return [port];
    return typeof port === 'string' ? [known.find(({ name }) => name === port)?.number ?? port] : [];
  });
}
