import { numberOf } from '../helm-create/chart.js';
import type { ObjectField } from '../release-object.js';
import { METRICS_PORT, type Release } from '../release.js';
import { variable } from './carry-env.js';
import type { Carrying } from './carry.js';

const EXPOSED = new Set<unknown>(['LoadBalancer', 'NodePort']);

/**
 * How Prometheus scrapes the application: a port for each worker; one endpoint for all; or no metrics, if the chart has no
 * monitor that can be expressed.
 */
export function carryMetrics({ release, draft }: Carrying): void {
  const { monitor } = release;
  const endpoint = endpointsOf(monitor)[0];
  if (hasPortPerWorker(release)) {
    const start = variable(release.container, 'METRICS_START_PORT');
    if (start?.isSet) draft.put(['metrics', 'startPort'], numberOf(start.value), start);
    else draft.copy(['metrics', 'startPort'], firstMetricsPort(release));
    // The metrics ports are not for the world.
    if (EXPOSED.has(draft.at('service', 'type'))) draft.put(['metrics', 'service'], 'headless');
  } else if (endpoint !== undefined && isOfApplication(endpoint, release)) {
    draft.put(['metrics', 'strategy'], 'aggregated');
    const port = portOf(endpoint, release);
    if (port !== undefined && port.value !== draft.at('http', 'port')) draft.copy(['metrics', 'port'], port);
    if (endpoint.map['path'] !== '/metrics') draft.copy(['metrics', 'path'], endpoint.at('path'));
  } else {
    draft.put(['metrics'], false);
    return;
  }
  for (const field of ['interval', 'scrapeTimeout'])
    if (endpoint !== undefined) draft.copy(['metrics', field], endpoint.at(field));
}

function endpointsOf(monitor: ObjectField | undefined): readonly ObjectField[] {
  return ['endpoints', 'podMetricsEndpoints'].flatMap((list) => monitor?.at('spec', list).items ?? []);
}

function hasPortPerWorker(release: Release): boolean {
  return (
    variable(release.container, 'METRICS_START_PORT')?.isSet === true ||
    firstMetricsPort(release).isSet ||
    endpointsOf(release.monitor).some(({ map }) => map['port'] === 'metrics-1')
  );
}

function firstMetricsPort({ container }: Release): ObjectField {
  return (container.at('ports').named('metrics-1') ?? container.at('ports', -1)).at('containerPort');
}

/** Whether it is the only endpoint of a ServiceMonitor, and leads to the application's container. */
function isOfApplication(endpoint: ObjectField, release: Release): boolean {
  const { monitor } = release;
  return (
    monitor?.map['kind'] === 'ServiceMonitor' &&
    endpointsOf(monitor).length === 1 &&
    !METRICS_PORT.test(String(endpoint.map['port'])) === true &&
    portOf(endpoint, release) !== undefined
  );
}

/** The port in the container that an endpoint leads to. */
function portOf(endpoint: ObjectField, { service, container }: Release): ObjectField | undefined {
  const ofService = service?.at('spec', 'ports').named(endpoint.map['port']);
  const target = endpoint.map['targetPort'] ?? ofService?.map['targetPort'] ?? ofService?.map['port'];
  return container
    .at('ports')
    .items.find(({ map }) => map['name'] === target || map['containerPort'] === target)
    ?.at('containerPort');
}
