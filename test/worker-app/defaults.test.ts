import { workerEnv } from '../../src/worker-app/worker-env.js';
import { shop, shopWith, scrapedSpecOf } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';

const spec = scrapedSpecOf(shop());

/** Each documented default (DESIGN 3.1, WorkerAppProps, README), as the spec has it. */
test.each([
  ['instance', spec.selector['app.kubernetes.io/instance'], 'shop'],
  ['namespace', spec.namespace, 'default'],
  ['imagePullPolicy', spec.imagePullPolicy, undefined],
  ['container', spec.container, 'app'],
  ['runAsUser', spec.runAsUser, 1000],
  ['replicas', spec.replicas, 1],
  ['http.port', spec.http.port, 8000],
  ['http.servicePort', spec.http.servicePort, 80],
  ['http.healthPath', spec.http.healthPath, undefined],
  ['http.healthHost', spec.http.healthHost, undefined],
  ['metrics.startPort', spec.ports.start, 8001],
  ['metrics.interval', spec.metrics.interval, '30s'],
  ['metrics.scrapeTimeout', spec.metrics.scrapeTimeout, undefined],
  ['metrics.exporter', spec.metrics.exporter, 'app'],
  ['metrics.strategy', spec.metrics.strategy, 'port-per-worker'],
  ['metrics.monitor', spec.metrics.monitor, 'ServiceMonitor'],
  ['metrics.endpoints', spec.metrics.endpoints, 'per-port'],
  ['metrics.service', spec.metrics.service, 'shared'],
  ['gunicorn', spec.gunicorn, undefined],
  ['env', workerEnv(spec), { METRICS_START_PORT: '8001', WEB_CONCURRENCY: '3' }],
])('without %s, it is %j', (_, got, documented) => {
  expect(got).toEqual(documented);
});

test('metrics.startPort follows http.port', () => {
  expect(scrapedSpecOf(shop({ http: { port: 5000 } })).ports.start).toBe(5001);
});

test('keys without a default add nothing to the manifests: no pull policy, no probes, no scrape timeout', () => {
  const { container, monitor } = manifestsOf(shop());
  expect(Object.keys(container)).toEqual(
    expect.not.arrayContaining(['imagePullPolicy', 'livenessProbe', 'readinessProbe', 'startupProbe']),
  );
  expect(monitor.spec.endpoints[0]).toEqual({ port: 'metrics-1', interval: '30s' });
});

test('a given value replaces the default', () => {
  const given = scrapedSpecOf(
    shop({
      instance: 'eu',
      namespace: 'web',
      imagePullPolicy: 'Never',
      container: 'django',
      runAsUser: 33,
      replicas: 0,
      http: { port: 5000, servicePort: 8080, healthPath: '/up', healthHost: 'shop.example.com' },
      metrics: { startPort: 9000, interval: '1m', scrapeTimeout: '20s' },
      env: { A: 'b' },
    }),
  );
  expect(given).toMatchObject({
    selector: { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'eu' },
    namespace: 'web',
    imagePullPolicy: 'Never',
    container: 'django',
    runAsUser: 33,
    replicas: 0,
    http: { port: 5000, servicePort: 8080, healthPath: '/up', healthHost: 'shop.example.com' },
    ports: { start: 9000, count: 3 },
    metrics: { interval: '1m', scrapeTimeout: '20s' },
    env: { A: 'b' },
  });
});

test('runAsUser: null leaves the user to the image', () => {
  expect(scrapedSpecOf(shop({ runAsUser: null })).runAsUser).toBeNull();
});

test.each([
  ['example/shop:v1', 'v1'],
  ['example/shop', undefined],
  [`example/shop@sha256:${'a'.repeat(64)}`, undefined],
])('the version label of image %s is %s, on every object and pod, and in no selector', (image, version) => {
  const { all, deployment, service, monitor } = manifestsOf(shop({ image }));
  const labels = [...(all as { metadata: { labels: object } }[]), deployment.spec.template].map(
    (labelled) => labelled.metadata.labels,
  );
  expect(labels).toHaveLength(4);
  for (const label of labels) {
    expect(label).toEqual({
      'app.kubernetes.io/name': 'shop',
      'app.kubernetes.io/instance': 'shop',
      'app.kubernetes.io/managed-by': 'cdk8s-worker-metrics',
      ...(version !== undefined && { 'app.kubernetes.io/version': version }),
    });
  }
  const selectors = [deployment.spec.selector, service.spec.selector, monitor.spec.selector];
  expect(JSON.stringify(selectors)).not.toContain('app.kubernetes.io/version');
});

test('props of undefined are as absent ones', () => {
  const nothing = {
    http: undefined,
    metrics: undefined,
    env: undefined,
    resources: undefined,
    instance: undefined,
  };
  expect(scrapedSpecOf(shopWith(nothing))).toEqual(spec);
});
