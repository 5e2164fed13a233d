import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { shop } from '../../a-worker-app.js';
import { manifestsOf, type ShopManifests } from '../../manifests-of.js';

const CONTAINER = 'Deployment default/shop: spec.template.spec.containers[0]';
const NOT_SCRAPED = 'is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it';
const SELECTED = 'app.kubernetes.io/instance=shop,app.kubernetes.io/name=shop';

/** What the checks find once one thing in good manifests is changed. */
function afterwards(change: (shop: ShopManifests) => unknown): string[] {
  const good = manifestsOf(shop({ workers: 2 }));
  change(good);
  return checkManifests(good.all).map(formatDiagnostic);
}

test('there are no diagnostics about the objects of a WorkerApp', () => {
  expect(afterwards(() => {})).toEqual([]);
});

test.each<[string, (shop: ShopManifests) => unknown, string[]]>([
  [
    'a port name off in the container',
    ({ container }) => (container.ports[2].name = 'metrics-3'),
    [
      'Service default/shop: spec.ports[2].targetPort: "metrics-2" is not a port of a container of Deployment default/shop (http, metrics-1, metrics-3)',
      `${CONTAINER}.ports[2]: metrics-3 (8002) ${NOT_SCRAPED}`,
      `${CONTAINER}.env: metrics-3 is port 8002; metrics ports must be metrics-1, metrics-2, … with consecutive numbers`,
    ],
  ],
  [
    'a port name off in the Service',
    ({ service }) => (service.spec.ports[2].name = 'metric-2'),
    [
      'ServiceMonitor default/shop: spec.endpoints[1].port: "metrics-2" is not a port of Service default/shop (http, metrics-1, metric-2); did you mean "metric-2"?',
      `${CONTAINER}.ports[2]: metrics-2 (8002) ${NOT_SCRAPED}`,
    ],
  ],
  [
    'a port name off in the monitor',
    ({ monitor }) => (monitor.spec.endpoints[1].port = 'metrics-3'),
    [
      'ServiceMonitor default/shop: spec.endpoints[1].port: "metrics-3" is not a port of Service default/shop (http, metrics-1, metrics-2)',
      `${CONTAINER}.ports[2]: metrics-2 (8002) ${NOT_SCRAPED}`,
    ],
  ],
  [
    'a target port that is another worker',
    ({ service }) => (service.spec.ports[2].targetPort = 'metrics-1'),
    [
      `${CONTAINER}.ports[1]: metrics-1 (8001) is scraped 2 times: by ServiceMonitor default/shop spec.endpoints[0] through Service default/shop, and by ServiceMonitor default/shop spec.endpoints[1] through Service default/shop`,
      `${CONTAINER}.ports[2]: metrics-2 (8002) ${NOT_SCRAPED}`,
    ],
  ],
  [
    'a target port by a number that no container has',
    ({ service }) => (service.spec.ports[2].targetPort = 8003),
    [
      'Service default/shop: spec.ports[2].targetPort: 8003 is not a port of a container of Deployment default/shop (http, metrics-1, metrics-2); Prometheus still scrapes it, without the label container',
      `${CONTAINER}.ports[2]: metrics-2 (8002) ${NOT_SCRAPED}`,
    ],
  ],
  ['a target port by its number', ({ service }) => (service.spec.ports[2].targetPort = 8002), []],
  [
    'no target port, and a port that is no container port',
    ({ service }) => {
      delete service.spec.ports[2].targetPort;
      service.spec.ports[2].port = 9002;
    },
    [
      'Service default/shop: spec.ports[2].targetPort: 9002 is not a port of a container of Deployment default/shop (http, metrics-1, metrics-2); Prometheus still scrapes it, without the label container',
      `${CONTAINER}.ports[2]: metrics-2 (8002) ${NOT_SCRAPED}`,
    ],
  ],
  ['no target port, and a port that is one', ({ service }) => delete service.spec.ports[2].targetPort, []],
  [
    'a container port without its number in the sequence',
    ({ container }) => (container.ports[2].containerPort = 8009),
    [
      `${CONTAINER}.env: metrics-2 is port 8009; metrics ports must be metrics-1, metrics-2, … with consecutive numbers`,
    ],
  ],
  [
    'an endpoint missing',
    ({ monitor }) => monitor.spec.endpoints.pop(),
    [`${CONTAINER}.ports[2]: metrics-2 (8002) ${NOT_SCRAPED}`],
  ],
  [
    'an endpoint twice',
    ({ monitor }) => monitor.spec.endpoints.push(monitor.spec.endpoints[0]),
    [
      `${CONTAINER}.ports[1]: metrics-1 (8001) is scraped 2 times: by ServiceMonitor default/shop spec.endpoints[0] through Service default/shop, and by ServiceMonitor default/shop spec.endpoints[2] through Service default/shop`,
    ],
  ],
  [
    'two Services with the labels of one',
    ({ all, service }) => all.push(renamed(service, 'shop-too')),
    ['metrics-1 (8001)', 'metrics-2 (8002)'].map(
      (port, i) =>
        `${CONTAINER}.ports[${i + 1}]: ${port} is scraped 2 times: by ServiceMonitor default/shop spec.endpoints[${i}] through Service default/shop, and by ServiceMonitor default/shop spec.endpoints[${i}] through Service default/shop-too`,
    ),
  ],
  [
    'two monitors of one Service',
    ({ all, monitor }) => all.push(renamed(monitor, 'shop-too')),
    ['metrics-1 (8001)', 'metrics-2 (8002)'].map(
      (port, i) =>
        `${CONTAINER}.ports[${i + 1}]: ${port} is scraped 2 times: by ServiceMonitor default/shop spec.endpoints[${i}] through Service default/shop, and by ServiceMonitor default/shop-too spec.endpoints[${i}] through Service default/shop`,
    ),
  ],
  [
    'a monitor whose selector matches no Service',
    ({ monitor }) => (monitor.spec.selector.matchLabels = { 'app.kubernetes.io/name': 'shopp' }),
    [
      'ServiceMonitor default/shop: spec.selector: no Service in namespace default with the labels app.kubernetes.io/name=shopp',
      ...notScraped(),
    ],
  ],
  [
    'a Service without labels',
    ({ service }) => delete service.metadata.labels,
    [
      'ServiceMonitor default/shop: spec.selector: no Service in namespace default with the labels app.kubernetes.io/name=shop',
      ...notScraped(),
    ],
  ],
  [
    'a Service whose selector matches no pods',
    ({ service }) => (service.spec.selector['app.kubernetes.io/instance'] = 'eu'),
    [
      'Service default/shop: spec.selector: no pods in namespace default with the labels app.kubernetes.io/instance=eu,app.kubernetes.io/name=shop',
      ...notScraped(),
    ],
  ],
  ['a Service that selects nothing', ({ service }) => delete service.spec.selector, notScraped()],
  [
    'a Service in another namespace',
    ({ service }) => (service.metadata.namespace = 'other'),
    [
      'ServiceMonitor default/shop: spec.selector: no Service in namespace default with the labels app.kubernetes.io/name=shop; namespace other has them: set spec.namespaceSelector: { matchNames: [other] }',
      ...notScraped(),
    ],
  ],
  [
    'a Deployment whose selector does not match its pods',
    ({ deployment }) => (deployment.spec.selector.matchLabels['app.kubernetes.io/instance'] = 'eu'),
    [
      "Deployment default/shop: spec.selector: does not match the labels of the object's own pods (app.kubernetes.io/instance=eu,app.kubernetes.io/name=shop)",
    ],
  ],
  [
    'pods without labels',
    ({ deployment }) => delete deployment.spec.template.metadata.labels,
    [
      `Deployment default/shop: spec.selector: does not match the labels of the object's own pods (${SELECTED})`,
      `Service default/shop: spec.selector: no pods in namespace default with the labels ${SELECTED}`,
      ...notScraped(),
    ],
  ],
  ['no monitor at all', ({ all }) => all.splice(2, 1), notScraped()],
  [
    'no Service at all',
    ({ all }) => all.splice(1, 1),
    [
      'ServiceMonitor default/shop: spec.selector: no Service in namespace default with the labels app.kubernetes.io/name=shop',
      ...notScraped(),
    ],
  ],
  [
    'no Deployment at all',
    ({ all }) => all.splice(0, 1),
    [`Service default/shop: spec.selector: no pods in namespace default with the labels ${SELECTED}`],
  ],
])('%s', (_, change, found) => {
  expect(afterwards(change).toSorted()).toEqual(found.toSorted());
});

function notScraped(): string[] {
  return [1, 2].map((i) => `${CONTAINER}.ports[${i}]: metrics-${i} (${8000 + i}) ${NOT_SCRAPED}`);
}

function renamed(manifest: ShopManifests['service'], name: string) {
  return { ...manifest, metadata: { ...manifest.metadata, name } };
}
