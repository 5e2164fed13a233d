import { load, loadAll } from 'js-yaml';
import { synthesize } from '../../charts/synthesize.js';
import { trace } from '../../src/checks/trace/trace.js';
import { mapAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { parseValues } from '../../src/values/parse-values.js';
import { deployment, Manifests, SELECTOR, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const METRICS = { name: 'metrics', containerPort: 9300 };
const web = (...ports: object[]) =>
  deployment({}, { ports: [{ name: 'web', containerPort: 8000 }, ...ports] });

function service(ports: readonly object[], metadata: object = {}): object {
  return {
    ...SERVICE,
    metadata: { ...SERVICE.metadata, ...metadata },
    spec: { selector: SELECTOR, ports: [...SERVICE.spec.ports, ...ports] },
  };
}

function only(service: object, ports: readonly object[]): object {
  return { ...service, spec: { selector: SELECTOR, ports } };
}

function monitor(
  kind: string,
  endpoints: readonly object[],
  spec: object = {},
  metadata: object = {},
): object {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    metadata: { name: 'prod-shop', namespace: 'shop', ...metadata },
    spec: {
      selector: { matchLabels: SELECTOR },
      [kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints']: endpoints,
      ...spec,
    },
  };
}

/** The ports that are scraped, each with the number in the container. */
function scraped(manifests: readonly Manifest[]) {
  return trace(manifests)
    .chains.map(({ brokenAt, containerPort }) => `${containerPort?.number} ${brokenAt ?? 'ok'}`)
    .toSorted();
}

/** Imports a chart, and writes the manifests of its values. */
function imported(...objects: object[]) {
  return importedAs(undefined, ...objects);
}

function importedAs(name: string | undefined, ...objects: object[]) {
  const result = chart.result(text(...objects), name === undefined ? {} : { name });
  const { values, problems } = parseValues([{ file: 'values.yaml', text: result.text }]);
  const files = [...synthesize(values)];
  return {
    ...result,
    values: load(result.text) as Record<string, unknown>,
    problems: [...problems, ...files.flatMap(({ errors }) => errors)],
    manifests: files.flatMap(({ yaml }) => loadAll(yaml) as Manifest[]),
  };
}

const SUMS = [{ port: 'metrics' }];
const SIDECAR = {
  name: 'exporter',
  image: 'a/exporter:1.0',
  ports: [{ name: 'exporter', containerPort: 9999 }],
};
const workers = (start: number) => ({
  env: [{ name: 'METRICS_START_PORT', value: String(start) }],
  ports: [
    { name: 'web', containerPort: 8000 },
    ...[1, 2, 3].map((i) => ({ name: `metrics-${i}`, containerPort: start + i - 1 })),
  ],
});
const WORKER_PORTS = [1, 2, 3].map((i) => ({
  name: `metrics-${i}`,
  port: 9000 + i,
  targetPort: `metrics-${i}`,
}));
const aggregated = { strategy: 'aggregated', port: 9300 };

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

function WEB(): object {
  return (
    (deployment() as { spec: { template: { spec: { containers: object[] } } } }).spec.template.spec
      .containers[0] ?? {}
  );
}

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

describe('an object that selects other pods too keeps the old name of the port beside the new one', () => {
  const OTHER = { app: 'api', release: 'prod' };
  const api = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'prod-api', namespace: 'shop' },
    spec: {
      selector: { matchLabels: OTHER },
      template: {
        metadata: { labels: OTHER },
        spec: { containers: [{ name: 'c', image: 'a/b:1', ports: [{ name: 'web', containerPort: 8000 }] }] },
      },
    },
  };
  const apiService = { ...SERVICE, metadata: { name: 'prod-api', namespace: 'shop', labels: OTHER }, spec: { ...SERVICE.spec, selector: OTHER } };
  const policy = (podSelector: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { podSelector, ingress: [{ ports: [{ port: 'web' }, { port: 9 }] }] },
  });
  const objectOf = (kind: string, ...objects: object[]) => {
    const result = chart.result(text(web(), SERVICE, ...objects), { name: 'prod-shop' });
    const { objects: found } = load(result.text) as { objects: Manifest[] };
    return found.findLast((one) => one['kind'] === kind);
  };
  const BOTH = [{ port: 'web' }, { port: 'http' }, { port: 9 }];

  test.each([
    ['all pods', {}, BOTH],
    ['pods of another Deployment', { matchLabels: { release: 'prod' } }, BOTH],
    ['by an expression alone', { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, BOTH],
    ['the web pods alone', { matchLabels: { app: 'shop' } }, [{ port: 'http' }, { port: 9 }]],
  ])('a NetworkPolicy for %s', (_, podSelector, ports) => {
    expect(objectOf('NetworkPolicy', api, policy(podSelector))).toMatchObject({ spec: { ingress: [{ ports }] } });
  });

  test('a PodMonitor', () => {
    const both = monitor('PodMonitor', [{ port: 'web', path: '/m' }], { selector: { matchLabels: { release: 'prod' } } }, { name: 'm' });
    expect(objectOf('PodMonitor', api, both)).toMatchObject({
      spec: { podMetricsEndpoints: [{ port: 'web', path: '/m' }, { port: 'http', path: '/m' }] },
    });
  });

  test('a ServiceMonitor', () => {
    const both = monitor('ServiceMonitor', [{ port: 'web' }], { selector: { matchLabels: { release: 'prod' } } }, { name: 'm' });
    expect(objectOf('ServiceMonitor', api, apiService, both)).toMatchObject({
      spec: { endpoints: [{ port: 'web' }, { port: 'http' }] },
    });
  });

  test('but a Service has its port by number', () => {
    const both = { ...SERVICE, metadata: { name: 'both', namespace: 'shop' }, spec: { ...SERVICE.spec, selector: { release: 'prod' } } };
    expect(objectOf('Service', api, both)).toMatchObject({ spec: { ports: [{ name: 'web', targetPort: 8000 }] } });
  });
}); // prettier-ignore

describe('a monitor of the workers that selects other Services too is divided', () => {
  const OTHER = { app: 'api', release: 'prod' };
  const endpoints = WORKER_PORTS.map(({ name }) => ({ port: name, interval: '10s' }));
  const wide = { selector: { matchLabels: { release: 'prod' } } };
  const other = (labels: object = OTHER) => ({
    ...(deployment({}, { ...workers(7001) }, { name: 'prod-api', labels }) as Manifest),
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ ...WEB(), ...workers(7001), name: 'api' }] },
      },
    },
  });
  const otherService = {
    ...SERVICE,
    metadata: { ...SERVICE.metadata, name: 'prod-api', labels: OTHER },
    spec: { selector: OTHER, ports: [...SERVICE.spec.ports, ...WORKER_PORTS] },
  };

  test.each([
    ['ServiceMonitor', 'prod-shop', 'prod-shop-others'],
    ['ServiceMonitor', 'workers', 'workers'],
    ['PodMonitor', 'prod-shop', 'prod-shop-others'],
  ])('a %s named %s', (kind, name, rest) => {
    const chart = [
      deployment({}, workers(9001)),
      service(WORKER_PORTS),
      other(),
      otherService,
      monitor(kind, endpoints, wide, { name }),
    ];
    const { problems, losses, manifests, warnings } = importedAs('prod-shop', ...chart);

    expect([problems, losses]).toEqual([[], []]);
    expect(scraped(manifests)).toEqual(scraped(chart as Manifest[]));
    expect(scraped(manifests)).toHaveLength(6);
    expect(warnings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(`too: ${kind} shop/${rest} in objects is for them`),
    );
  });

  test('one that selects only the Service of the workers is not', () => {
    const { values } = importedAs(
      'prod-shop',
      deployment({}, workers(9001)),
      service(WORKER_PORTS),
      other(),
      otherService,
      monitor('ServiceMonitor', endpoints),
    );
    expect((values['objects'] as Manifest[]).map(({ kind }) => kind)).toEqual(['Deployment', 'Service']);
  });
});

test('objects that name the port of the application name the new one', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { podSelector: { matchLabels: SELECTOR }, ingress: [{ ports: [{ port: 'web' }] }] },
  };
  const backend = { service: { name: 'prod-shop', port: { name: 'web' } } };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'admin', namespace: 'shop' },
    spec: {
      rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
    },
  };
  const canary = only({ ...SERVICE, metadata: { name: 'canary', namespace: 'shop' } }, [
    { name: 'web', port: 80, targetPort: 'web' },
  ]);

  const { problems, values } = imported(web(), SERVICE, canary, policy, ingress);

  expect(problems).toEqual([]);
  expect(JSON.stringify(values['objects'])).not.toContain('"targetPort":"web"');
  expect(values['objects']).toMatchObject([
    { spec: { ports: [{ name: 'web', targetPort: 'http' }] } },
    { spec: { ingress: [{ ports: [{ port: 'http' }] }] } },
    { spec: { rules: [{ http: { paths: [{ backend: { service: { port: { name: 'http' } } } }] } }] } },
  ]);
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

describe('an endpoint without an interval keeps that of Prometheus', () => {
  const intervals = (manifests: readonly Manifest[]) =>
    manifests
      .filter(({ kind }) => kind === 'ServiceMonitor' || kind === 'PodMonitor')
      .flatMap(({ spec }) =>
        ['endpoints', 'podMetricsEndpoints'].flatMap((list) => mapAt({ spec }, 'spec')[list] ?? []),
      )
      .map((endpoint) => mapAt(endpoint)['interval']);

  test('if there is one for all workers', () => {
    const service80 = service([{ name: 'metrics', port: 9300, targetPort: 'metrics' }]);
    const { manifests, losses, problems } = imported(
      web(METRICS),
      service80,
      monitor('ServiceMonitor', SUMS),
    );

    expect(problems).toEqual([]);
    expect(intervals(manifests)).toEqual([undefined]);
    expect(losses).toEqual([]);
  });

  test('or is a loss, if there is one for each worker', () => {
    const endpoints = [1, 2, 3].map((i) => ({ port: `metrics-${i}` }));
    const chart = [
      deployment({}, workers(9001)),
      service(WORKER_PORTS),
      monitor('ServiceMonitor', endpoints),
    ];
    const { losses, cosmetic } = imported(...chart);

    expect(losses).toEqual([
      expect.objectContaining({
        cost: 'metrics',
        message:
          'nothing in the chart, "30s" here: without an interval, the monitor of the chart has that of Prometheus, by the operator\'s default 30s',
      }),
    ]);
    expect(cosmetic.flatMap(({ fields }) => fields).filter((field) => field.includes('interval'))).toEqual(
      [],
    );
  });

  test('and one with an interval has no loss', () => {
    const endpoints = [1, 2, 3].map((i) => ({ port: `metrics-${i}`, interval: '10s' }));
    const chart = [
      deployment({}, workers(9001)),
      service(WORKER_PORTS),
      monitor('ServiceMonitor', endpoints),
    ];
    const { losses, manifests } = imported(...chart);

    expect(losses).toEqual([]);
    expect(intervals(manifests)).toEqual(['10s', '10s', '10s']);
  });
});
