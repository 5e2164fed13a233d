import type { Manifest } from '../../src/kubernetes/manifest.js';
import { SERVICE, deployment } from './manifests.js';
import {
  METRICS,
  web,
  service,
  only,
  monitor,
  scraped,
  imported,
  SUMS,
  SIDECAR,
  workers,
  WORKER_PORTS,
  aggregated,
  WEB,
} from './monitored-chart.js';

describe('each port that a chart has scraped is scraped afterwards', () => {
  test.each<[string, object[], unknown]>([
    [
      'a port of the sums named metrics',
      [
        web(METRICS),
        service([{ name: 'metrics', port: 9300, targetPort: 'metrics' }]),
        monitor('ServiceMonitor', SUMS),
      ],
      aggregated,
    ],
    [
      'a port of the sums with another number in the Service',
      [
        web(METRICS),
        service([{ name: 'metrics', port: 90, targetPort: 9300 }]),
        monitor('ServiceMonitor', SUMS),
      ],
      aggregated,
    ],
    [
      'a port of the sums that the container does not declare',
      [web(), service([{ name: 'metrics', port: 9300 }]), monitor('ServiceMonitor', SUMS)],
      aggregated,
    ],
    [
      'a port of the sums with another name in the container',
      [
        web({ name: 'prom', containerPort: 9300 }),
        service([{ name: 'metrics', port: 9300, targetPort: 'prom' }]),
        monitor('ServiceMonitor', SUMS),
      ],
      false,
    ],
    [
      'the port of the application',
      [web(), service([]), monitor('ServiceMonitor', [{ port: 'web' }])],
      { strategy: 'aggregated' },
    ],
    [
      'the port of the application and another one',
      [
        web(METRICS),
        service([{ name: 'metrics', port: 9300, targetPort: 'metrics' }]),
        monitor('ServiceMonitor', [{ port: 'web' }, { port: 'metrics' }]),
      ],
      false,
    ],
    ['a port without a Service', [web(METRICS), SERVICE, monitor('PodMonitor', SUMS)], false],
    [
      'the port of the application without a Service',
      [web(), SERVICE, monitor('PodMonitor', [{ port: 'web' }])],
      false,
    ],
    [
      'a port of a second Service',
      [
        web(METRICS),
        SERVICE,
        only(
          {
            ...SERVICE,
            metadata: { name: 'prod-shop-metrics', namespace: 'shop', labels: { app: 'metrics' } },
          },
          [{ name: 'metrics', port: 9300, targetPort: 'metrics' }],
        ),
        monitor('ServiceMonitor', SUMS, { selector: { matchLabels: { app: 'metrics' } } }),
      ],
      false,
    ],
    [
      'the port of the application in a second Service',
      [
        web(),
        SERVICE,
        only(
          {
            ...SERVICE,
            metadata: { name: 'prod-shop-metrics', namespace: 'shop', labels: { app: 'metrics' } },
          },
          [{ name: 'metrics', port: 9300, targetPort: 'web' }],
        ),
        monitor('ServiceMonitor', SUMS, { selector: { matchLabels: { app: 'metrics' } } }),
      ],
      false,
    ],
    [
      'a monitor in another namespace',
      [
        web(METRICS),
        service([{ name: 'metrics', port: 9300, targetPort: 'metrics' }]),
        monitor(
          'ServiceMonitor',
          SUMS,
          { namespaceSelector: { matchNames: ['shop'] } },
          { namespace: 'monitoring' },
        ),
      ],
      false,
    ],
    [
      'a port for each worker',
      [
        deployment({}, workers(9001)),
        service(WORKER_PORTS),
        monitor(
          'ServiceMonitor',
          WORKER_PORTS.map(({ name }) => ({ port: name, interval: '10s' })),
        ),
      ],
      { startPort: 9001, interval: '10s' },
    ],
    [
      'a port for each worker, by a PodMonitor',
      [
        deployment({}, workers(9001)),
        SERVICE,
        monitor(
          'PodMonitor',
          WORKER_PORTS.map(({ name }) => ({ port: name, interval: '10s' })),
        ),
      ],
      { startPort: 9001, interval: '10s', monitor: 'PodMonitor' },
    ],
    [
      'a port for each worker, and that of a sidecar',
      [
        deployment({ containers: [{ ...WEB(), ...workers(9001) }, SIDECAR] }),
        service([...WORKER_PORTS, { name: 'exporter', port: 9999, targetPort: 'exporter' }]),
        monitor('ServiceMonitor', [
          ...WORKER_PORTS.map(({ name }) => ({ port: name, interval: '10s' })),
          { port: 'exporter' },
        ]),
      ],
      { startPort: 9001, interval: '10s', extraEndpoints: [{ port: 'exporter' }] },
    ],
  ])('%s', (_, objects, metrics) => {
    const before = scraped(objects as Manifest[]);
    const { values, problems, losses, manifests } = imported(...objects);

    expect([problems, losses]).toEqual([[], []]);
    expect(values['metrics']).toEqual(metrics);
    expect(scraped(manifests)).toEqual(before);
    expect(before.join()).toMatch(/^(\d+ ok,?)+$/);
  });
});

test.each<[string, object, object]>([
  ['of the endpoint', { honorLabels: true, metricRelabelings: [{ action: 'drop', regex: 'a' }] }, {}],
  ['of the monitor', {}, { jobLabel: 'team', sampleLimit: 1000 }],
])('fields %s that metrics does not make are patches', (_, endpoint, spec) => {
  const { manifests, losses, problems } = imported(
    web(),
    SERVICE,
    monitor('ServiceMonitor', [{ port: 'web', ...endpoint }], spec),
  );

  expect([problems, losses]).toEqual([[], []]);
  expect(manifests).toContainEqual(
    expect.objectContaining({
      kind: 'ServiceMonitor',
      spec: expect.objectContaining({ ...spec, endpoints: [expect.objectContaining(endpoint)] }) as object,
    }),
  );
});

test('a monitor that stays in objects is named with the reason, and is no warning', () => {
  const { warnings, cosmetic } = imported(web(METRICS), SERVICE, monitor('PodMonitor', SUMS));

  expect(warnings).toMatchObject([
    {
      severity: 'note',
      object: 'PodMonitor shop/prod-shop',
      message: 'stays in objects, and is not in metrics: its targets have its name as the label job',
    },
  ]);
  expect(cosmetic.flatMap(({ fields }) => fields).join()).not.toContain('ports[metrics]');
});

test.each<[string, object, string]>([
  [
    'another namespace',
    monitor('ServiceMonitor', [{ port: 'metrics-1' }], {}, { namespace: 'monitoring' }),
    'moves to the namespace shop',
  ],
  [
    'another label job',
    monitor('PodMonitor', [{ port: 'metrics-1' }]),
    'the label job of its targets becomes the name of the application; it was namespace/name of the monitor',
  ],
])('a monitor of the workers that gets %s is a warning', (_, object, message) => {
  const { warnings } = imported(deployment({}, workers(9001)), service(WORKER_PORTS), object);
  expect(warnings).toMatchObject([{ severity: 'warning', message }]);
});
