import { containerEntries } from '../containers/container-entries.js';
import type { ResolvedWorkerApp } from '../keys/index.js';

/** A port of the Service that is no metrics port. */
export interface ApplicationPort {
  /** The same in the Service and, without `http.targetPort`, in the container. */
  readonly name: string;
  readonly servicePort: number;
  /** Name of the container port that it leads to. */
  readonly targetPort: string;
}

/** A named port of a container. */
export interface NamedPort {
  readonly name: string;
  readonly number: number;
}

/** The keys that open ports. A process has no `http`. */
interface Ports extends Partial<Pick<ResolvedWorkerApp, 'ports'>> {
  readonly http?: ResolvedWorkerApp['http'];
}

/** The ports of the Service that are no metrics ports: `http`, and those of the key `ports`. */
export function applicationPorts({ http, ports = {} }: Ports): ApplicationPort[] {
  return [
    ...(http === undefined
      ? []
      : [{ name: 'http', servicePort: http.servicePort, targetPort: http.targetPort ?? 'http' }]),
    ...Object.entries(ports).map(([name, given]) => ({
      name,
      servicePort: typeof given === 'number' ? given : (given.servicePort ?? given.port),
      targetPort: name,
    })),
  ];
}

/** The ports of the application's container that are no metrics ports. */
export function containerPorts({ http, ports = {} }: Ports): NamedPort[] {
  return [
    ...(http === undefined ? [] : [{ name: 'http', number: http.port }]),
    ...Object.entries(ports).map(([name, given]) => ({
      name,
      number: typeof given === 'number' ? given : given.port,
    })),
  ];
}

/** The named ports of all containers that run at the same time, without the metrics ports. */
export function podPorts(
  app: Ports & Partial<Pick<ResolvedWorkerApp, 'initContainers' | 'sidecars'>>,
): NamedPort[] {
  const beside = containerEntries(app).flatMap(({ container, ends }) =>
    ends ? [] : (container.ports ?? []),
  );
  return [
    ...containerPorts(app),
    ...beside.flatMap(({ name, containerPort: number }) => (name === undefined ? [] : { name, number })),
  ];
}
