import { scalarText } from '../diagnostics/scalar-text.js';
import { listAt, mapAt, type Manifest } from '../kubernetes/manifest.js';
import { HTTP } from './http-port.js';
import { variable } from './carry/carry-env.js';
import type { ObjectField } from './release-object.js';
import { hasLabels, selects } from './selects.js';

/** The web pods, and the Service that `http` makes. */
export interface Scraped {
  readonly deployment: ObjectField;
  readonly template: ObjectField;
  readonly container: ObjectField;
  /** The Service of the name of the Deployment. */
  readonly service?: ObjectField | undefined;
  readonly servicePort?: ObjectField | undefined;
  readonly services: readonly ObjectField[];
}

/** How Prometheus scrapes the application. */
export interface Scraping {
  /** Whether each worker has a metrics port. */
  readonly isPerWorker: boolean;
  /** The monitor that `metrics` makes. */
  readonly monitor?: ObjectField | undefined;
  /** The monitors of the web pods that stay in `objects`, each with the reason. */
  readonly kept: readonly { readonly monitor: ObjectField; readonly reason: string }[];
}

/** The name of a metrics port: of one worker, or of all. */
export const METRICS_PORT = /^metrics(-[0-9]+)?$/;

/** Name of the metrics port of one worker. */
export const WORKER_PORT = /^metrics-[0-9]+$/;

export function scrapingOf(all: readonly ObjectField[], scraped: Scraped): Scraping {
  const monitors = all.filter((monitor) => isOfPods(monitor, scraped));
  const isPerWorker = hasPortPerWorker(monitors, scraped);
  const found = isPerWorker
    ? monitors.find((monitor) => endpointsOf(monitor).some((endpoint) => isOfWorker(endpoint, scraped)))
    : monitors.find((monitor) => reasonToKeep(monitor, scraped) === undefined);
  const others = monitors.filter((monitor) => monitor !== found);
  return {
    isPerWorker,
    monitor: found,
    kept: others.map((monitor) => ({
      monitor,
      reason: reasonToKeep(monitor, scraped) ?? `metrics makes ${String(found?.object.title)}`,
    })),
  };
}

export function endpointsOf(monitor: ObjectField | undefined): readonly ObjectField[] {
  return ['endpoints', 'podMetricsEndpoints'].flatMap((list) => monitor?.at('spec', list).items ?? []);
}

/** The number of the port in the application's container that an endpoint of a ServiceMonitor leads to. */
export function scrapedPort(
  endpoint: ObjectField,
  { service, container }: Pick<Scraped, 'service' | 'container'>,
): ObjectField | undefined {
  const ofService = service?.at('spec', 'ports').named(endpoint.map['port']);
  const field = ofService?.map['targetPort'] === undefined ? 'port' : 'targetPort';
  const target = ofService?.map[field];
  const declared = container.at('ports').items.find((port) => isTargetPort(target, port));
  return declared?.at('containerPort') ?? (typeof target === 'number' ? ofService?.at(field) : undefined);
}

/** Whether a `targetPort` of a Service is this port of a container. */
export function isTargetPort(target: unknown, { map }: ObjectField): boolean {
  return target !== undefined && (map['name'] === target || map['containerPort'] === target);
}

/** Whether a monitor selects the web pods, or a Service that leads to them. */
function isOfPods(monitor: ObjectField, { template, services }: Scraped): boolean {
  return monitor.map['kind'] === 'PodMonitor'
    ? matchesLabels(monitor, template)
    : services.some((service) => selects(service, template) && matchesLabels(monitor, service));
}

/** Whether the `matchLabels` of a monitor are those of an object. */
export function matchesLabels(monitor: ObjectField, object: ObjectField): boolean {
  return hasLabels(object, monitor.at('spec', 'selector', 'matchLabels').map);
}

/** Words of the names of ports that serve metrics alone. */
const SCRAPED = /(^|-)(metrics|prom|prometheus|exporter)(-|$)/;

/** Whether Prometheus alone uses a Service, by the names of its ports. */
export function isOnlyScraped(service: ObjectField): boolean {
  const ports = service.at('spec', 'ports').items;
  return ports.length > 0 && ports.every(({ map }) => SCRAPED.test(scalarText(map['name'])));
}

function hasPortPerWorker(monitors: readonly ObjectField[], { container, service }: Scraped): boolean {
  return (
    variable(container, 'METRICS_START_PORT')?.isSet === true ||
    [container.at('ports'), service?.at('spec', 'ports')].some((ports) => ports?.named('metrics-1')) ||
    monitors.flatMap(endpointsOf).some(({ map }) => map['port'] === 'metrics-1')
  );
}

/** Whether an endpoint leads to a metrics port of a worker, or, without a port, to all of them. */
export function isOfWorker(endpoint: ObjectField, { container }: Pick<Scraped, 'container'>): boolean {
  const { port, targetPort = port } = endpoint.map;
  const declared = container.at('ports').items.find((one) => isTargetPort(targetPort, one));
  const start = Number.parseInt(scalarText(variable(container, 'METRICS_START_PORT')?.value), 10);
  return (
    targetPort === undefined ||
    [port, targetPort, declared?.map['name']].some((name) => WORKER_PORT.test(scalarText(name))) ||
    targetPort === start
  );
}

/** Why a monitor of the sums of all workers is not one that `metrics` makes. Undefined if it is. */
function reasonToKeep(monitor: ObjectField, scraped: Scraped): string | undefined {
  const { deployment, service, servicePort, template, services, container } = scraped;
  const [endpoint, ...more] = endpointsOf(monitor);
  const namespace = (object: ObjectField) => object.at('metadata', 'namespace').value;
  if (monitor.map['kind'] === 'PodMonitor') return 'its targets have its name as the label job';
  if (namespace(monitor) !== undefined && namespace(monitor) !== namespace(deployment))
    return 'it is in another namespace than the Deployment';
  if (service === undefined || !matchesLabels(monitor, service))
    return 'it selects no Service of the name of the Deployment';
  if (isWider(monitor) || services.some((one) => one !== service && matchesLabels(monitor, one)))
    return 'it may select other Services, too';
  if (endpoint === undefined || more.length > 0) return 'it does not have one endpoint';
  const port = scrapedPort(endpoint, scraped);
  const { port: name } = endpoint.map;
  const declared = container.at('ports').items.find(({ map }) => map['containerPort'] === port?.value);
  const hasOneName = name === servicePort?.map['name'] || name === (declared?.map['name'] ?? name);
  if (port === undefined || !hasOneName || !selects(service, template))
    return `no port of the Service and of the container ${scalarText(container.map['name'])} has the name in its endpoint`;
  return undefined;
}

/** Whether a monitor selects by more than labels with one value in its own namespace. */
function isWider(monitor: ObjectField): boolean {
  const namespaces = monitor.at('spec', 'namespaceSelector');
  return (
    monitor.at('spec', 'selector', 'matchExpressions').items.length > 0 ||
    namespaces.at('matchNames').items.length > 1
  );
}

/** A monitor of the chart, as it would be if it had our names of the monitor and of ports. */
export function asOurMonitor(
  manifest: Manifest,
  name: string,
  scraped: Pick<Scraped, 'container' | 'servicePort'>,
): Manifest {
  const spec = mapAt(manifest, 'spec');
  const lists = ['endpoints', 'podMetricsEndpoints'].filter((list) => spec[list] !== undefined);
  const endpoints = lists.map((list) => [list, listAt(spec, list).map((one) => asOurEndpoint(one, scraped))]);
  return {
    ...manifest,
    metadata: { ...mapAt(manifest, 'metadata'), name },
    spec: { ...spec, ...Object.fromEntries(endpoints) },
  };
}

/** An endpoint with the name that its port has in our Service. */
export function asOurEndpoint(
  endpoint: unknown,
  { container, servicePort }: Pick<Scraped, 'container' | 'servicePort'>,
): Manifest {
  const { port: given, targetPort, ...others } = mapAt(endpoint);
  const declared = container.at('ports').items.find((one) => isTargetPort(targetPort, one));
  const port = given ?? declared?.map['name'] ?? targetPort;
  const name = given !== undefined && given === servicePort?.map['name'] ? HTTP : port;
  return { ...(name !== undefined && { port: name }), ...others };
}
