import { numberOf } from '../helm-create/chart.js';
import type { ObjectField } from '../release-object.js';
import { asOurEndpoint, endpointsOf, isOfWorker, scrapedPort } from '../monitors.js';
import { DEFAULT_PORT } from '../http-port.js';
import type { Release } from '../release.js';
import { variable } from './carry-env.js';
import type { Carrying } from './carry.js';

const EXPOSED = new Set<unknown>(['LoadBalancer', 'NodePort']);

/** How Prometheus scrapes the application: a port for each worker; one for all; or no metrics, if the chart has no monitor that `metrics` makes. */
export function carryMetrics({ release, draft }: Carrying): void {
  const { monitor, scraping } = release;
  const endpoints = endpointsOf(monitor);
  const endpoint = endpoints.find((one) => isOfWorker(one, release)) ?? endpoints[0];
  if (scraping?.isPerWorker === true) {
    const start = variable(release.container, 'METRICS_START_PORT');
    if (start?.isSet) draft.put(['metrics', 'startPort'], numberOf(start.value), start);
    else draft.copy(['metrics', 'startPort'], firstMetricsPort(release));
    if (monitor?.map['kind'] === 'PodMonitor') draft.copy(['metrics', 'monitor'], monitor.at('kind'));
    const more = endpoints.filter((one) => !isOfWorker(one, release));
    if (more.length > 0)
      draft.put(
        ['metrics', 'extraEndpoints'],
        more.map(({ value }) => asOurEndpoint(value, release)),
        more[0],
      );
    // The metrics ports are not for the world.
    if (EXPOSED.has(draft.at('service', 'type'))) draft.put(['metrics', 'service'], 'headless');
  } else if (endpoint !== undefined) {
    draft.put(['metrics', 'strategy'], 'aggregated');
    const port = scrapedPort(endpoint, release);
    if (port !== undefined && port.value !== (draft.at('http', 'port') ?? DEFAULT_PORT))
      draft.copy(['metrics', 'port'], port);
    if (endpoint.map['path'] !== '/metrics') draft.copy(['metrics', 'path'], endpoint.at('path'));
  } else {
    draft.put(['metrics'], false);
    return;
  }
  for (const field of ['interval', 'scrapeTimeout'])
    if (endpoint !== undefined) draft.copy(['metrics', field], endpoint.at(field));
}

function firstMetricsPort({ container, service }: Release): ObjectField {
  const [first] = [container.at('ports'), service?.at('spec', 'ports')].flatMap(
    (ports) => ports?.named('metrics-1') ?? [],
  );
  const field = first?.map['containerPort'] === undefined ? 'port' : 'containerPort';
  return (first ?? container.at('ports', -1)).at(field);
}
