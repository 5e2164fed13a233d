import { scalarText } from '../../diagnostics/scalar-text.js';
import type { ObjectField } from '../release-object.js';
import { isTargetPort, WORKER_PORT } from '../monitors.js';
import { METRICS_PORT } from '../monitors.js';
import type { Release } from '../release.js';
import { DEFAULT_PORT } from '../http-port.js';
import type { Carrying } from './carry.js';

/** The port of the application, and those of the Service. Metrics ports are computed. */
export function carryPorts({ release, facts, draft }: Carrying): void {
  const { container, service, servicePort } = release;
  const { own, sidecar } = targetOf(release);
  const first = container.at('ports').items.find((port) => !isMetrics(port));
  const http = own ?? (sidecar !== undefined || servicePort === undefined ? first : undefined);
  const port =
    http?.at('containerPort') ??
    (sidecar === undefined ? servicePort?.at('targetPort') : probedPort(container));
  if (facts.httpPort !== undefined) draft.put(['http', 'port'], facts.httpPort);
  else if (port !== undefined && typeof port.value !== 'string' && port.value !== DEFAULT_PORT)
    draft.copy(['http', 'port'], port);
  if (servicePort !== undefined && servicePort.map['port'] !== DEFAULT_SERVICE_PORT)
    draft.copy(['http', 'servicePort'], servicePort.at('port'));
  if (sidecar !== undefined) draft.copy(['http', 'targetPort'], sidecar.at('name'));
  for (const other of service?.at('spec', 'ports').items ?? []) {
    const { name, port: number, targetPort = number } = other.map;
    if (other.path.at(-1) === servicePort?.path.at(-1) || isOfWorker(other, release)) continue;
    const target = container.at('ports').items.find((one) => isTargetPort(targetPort, one));
    if (target === undefined && (typeof targetPort !== 'number' || isOfSidecar(targetPort, release)))
      continue;
    const { name: named = name, containerPort = targetPort } = target?.map ?? {};
    const value = containerPort === number ? number : { port: containerPort, servicePort: number };
    if (typeof named === 'string') draft.put(['ports', named], value, other.at('port'));
  }
}

const DEFAULT_SERVICE_PORT = 80;

/** The number of the port that a probe connects to. */
function probedPort(container: ObjectField): ObjectField | undefined {
  return ['livenessProbe', 'readinessProbe', 'startupProbe']
    .flatMap((probe) => ['httpGet', 'tcpSocket'].map((handler) => container.at(probe, handler, 'port')))
    .find(({ value }) => typeof value === 'number');
}

function isMetrics(port: ObjectField): boolean {
  return METRICS_PORT.test(scalarText(port.map['name']));
}

function isOfWorker({ map }: ObjectField, { scraping }: Release): boolean {
  return scraping?.isPerWorker === true && WORKER_PORT.test(scalarText(map['name']));
}

/** Whether another container of the pods declares a port. */
function isOfSidecar(port: number, { pod }: Release): boolean {
  return ['containers', 'initContainers']
    .flatMap((list) => pod.at(list).items)
    .some((one) => one.at('ports').items.some(({ map }) => map['containerPort'] === port));
}

/** The port that the Service leads to: of the application's container, or of another. */
function targetOf({ pod, container, servicePort }: Release): {
  readonly own?: ObjectField | undefined;
  readonly sidecar?: ObjectField | undefined;
} {
  if (servicePort === undefined) return {};
  const target = servicePort.map['targetPort'] ?? servicePort.map['port'];
  const found = (ports: readonly ObjectField[]) => ports.find((port) => isTargetPort(target, port));
  const own = found(container.at('ports').items);
  if (own !== undefined) return { own };
  const others = ['containers', 'initContainers'].flatMap((list) => pod.at(list).items);
  return { sidecar: found(others.flatMap((other) => other.at('ports').items)) };
}
