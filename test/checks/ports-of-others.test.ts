import type { Manifest } from '../../src/checks/manifest.js';
import { traceWiring } from '../../src/checks/wiring.js';
import {
  byApp,
  findings,
  labels,
  NOT_SCRAPED,
  podMonitor,
  service,
  serviceMonitor,
  workload,
} from './manifests-of-others.js';

describe('pods that lack a port', () => {
  const hook = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-test', namespace: 'shop', labels },
    spec: { containers: [{ name: 'wget', image: 'busybox' }] },
  };
  const lacking = {
    ...service,
    spec: { ...(service['spec'] as object), ports: [{ name: 'metrics-1', port: 80, targetPort: 'metric' }] },
  };

  test.each<[string, Manifest]>([
    ['a Service', serviceMonitor({})],
    [
      'the target port of a ServiceMonitor',
      serviceMonitor({ endpoints: [{ targetPort: 9001 }, { targetPort: 9002 }] }),
    ],
    ['a PodMonitor', podMonitor({})],
  ])('are passed over by %s while others have it: a test or a migration has the labels too', (_, monitor) => {
    expect(findings(workload(), hook, service, monitor)).toEqual([]);
  });

  test('are a fault when none has it', () => {
    expect(
      findings(workload(), hook, lacking, serviceMonitor({ endpoints: [{ port: 'metrics-1' }] }))[0],
    ).toBe(
      'Service shop/web: spec.ports[0].targetPort: "metric" is no port of a container of Deployment shop/web, Pod shop/web-test (http, metrics-1, metrics-2)',
    );
  });

  test('are named where a Service targets a number, as every pod becomes an endpoint then', () => {
    const ports = [1, 2].map((i) => ({ name: `metrics-${i}`, port: 9000 + i }));
    const byNumber = { ...service, spec: { ...(service['spec'] as object), ports } };
    expect(findings(workload(), hook, byNumber, serviceMonitor({}))).toEqual([
      'Service shop/web: spec.ports[0].targetPort: 9001 is no port of a container of Pod shop/web-test (it has none); Prometheus scrapes it all the same, without the label container',
      'Service shop/web: spec.ports[1].targetPort: 9002 is no port of a container of Pod shop/web-test (it has none); Prometheus scrapes it all the same, without the label container',
    ]);
  });
});

test('of two containers with a port of one name, a Service leads to the first, and a PodMonitor to both', () => {
  const containers = [9000, 9001].map((containerPort, i) => ({
    name: `web-${i}`,
    image: 'web',
    ports: [{ name: 'metrics', containerPort }],
  }));
  const two = workload('Deployment', {
    selector: byApp,
    template: { metadata: { labels }, spec: { containers } },
  });
  const behind = {
    ...service,
    spec: { selector: labels, ports: [{ name: 'metrics', port: 9000, targetPort: 'metrics' }] },
  };
  expect(findings(two, behind, serviceMonitor({ endpoints: [{ port: 'metrics' }] }))).toEqual([
    `Deployment shop/web: spec.template.spec.containers[1].ports[0]: metrics (9001) ${NOT_SCRAPED}`,
  ]);
  expect(findings(two, podMonitor({ podMetricsEndpoints: [{ port: 'metrics' }] }))).toEqual([]);
});

test('a Service leads to the port of its protocol, where another has the same number', () => {
  const ports = [
    { name: 'metrics-udp', containerPort: 9000, protocol: 'UDP' },
    { name: 'metrics', containerPort: 9000 },
  ];
  const both = workload('Deployment', {
    selector: byApp,
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web', ports }] } },
  });
  const behind = {
    ...service,
    spec: { selector: labels, ports: [{ name: 'metrics', port: 9000, targetPort: 9000 }] },
  };
  const { scrapes } = traceWiring([
    both,
    behind,
    serviceMonitor({ endpoints: [{ port: 'metrics' }] }),
  ] as Manifest[]);
  expect(scrapes.map(({ port }) => port.name)).toEqual(['metrics']);
});

test.each<[string, object]>([
  ['', {}],
  [' and with a target port', { targetPort: 9001 }],
])('a Service without ports gives an endpoint without a port%s nothing to scrape', (_, endpoint) => {
  const bare = { ...service, spec: { clusterIP: 'None', selector: labels } };
  expect(findings(workload(), bare, serviceMonitor({ endpoints: [endpoint] }))[0]).toBe(
    'ServiceMonitor shop/web: spec.endpoints[0]: there is nothing to scrape, as there is no port in Service shop/web; add one',
  );
});
