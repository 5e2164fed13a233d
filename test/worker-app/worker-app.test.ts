import { App, Chart } from 'cdk8s';
import { checkAtSynth } from '../../src/checks/check-at-synth.js';
import { WorkerApp } from '../../src/worker-app/worker-app.js';
import { InvalidPropsError } from '../../src/diagnostics/invalid-props.js';
import { shop, shopWith } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';

test('wrong props are refused in one error that names the construct and every wrong field', () => {
  const props = shopWith({ workers: 0, http: { prot: 80 } });
  const construct = () => new WorkerApp(new Chart(new App(), 'my-chart'), 'web', props);
  expect(construct).toThrow(InvalidPropsError);
  expect(construct).toThrow(
    'WorkerApp my-chart/web: workers: expected a whole number from 1 to 100, got 0\n' +
      'WorkerApp my-chart/web: http.prot: unknown key; did you mean "port"?',
  );
});

test('unknown keys of a large map are answered with the page that lists the keys', () => {
  const props = { ...shopWith({ volumes: { data: { zzz: 1 } } }), pullPolicy: 'Always', zzz: 1 };
  const construct = () => new WorkerApp(new Chart(new App(), 'c'), 'web', props as never);
  expect(construct).toThrow(
    'WorkerApp c/web: volumes.data.zzz: a Volume of Kubernetes 1.28 has no such field; docs/values.md lists the keys; set a field that is newer with patches\n' +
      'WorkerApp c/web: pullPolicy: unknown key; docs/values.md lists the keys; did you mean "imagePullPolicy"?\n' +
      'WorkerApp c/web: zzz: unknown key; docs/values.md lists the keys',
  );
});

test('the error has each problem by itself, too', () => {
  const construct = () => new WorkerApp(new Chart(new App(), 'c'), 'web', shopWith({ http: { port: 0 } }));
  expect(construct).toThrow(
    expect.objectContaining({
      subject: 'WorkerApp c/web',
      problems: [{ path: ['http', 'port'], message: 'expected a whole number from 1 to 65535, got 0' }],
    }) as Error,
  );
});

test.each([undefined, null, 'shop'])('props that are %j are refused in words', (props) => {
  const construct = () => new WorkerApp(new Chart(new App(), 'c'), 'web', props as never);
  expect(construct).toThrow(/^WorkerApp c\/web: (missing; )?expected a map with name, /);
});

test('it has the ports of its workers', () => {
  const { ports } = new WorkerApp(new Chart(new App(), 'c'), 'web', shop({ workers: 2 }));
  expect([...ports].map(({ number }) => number)).toEqual([8001, 8002]);
});

test.each([
  ['its own namespace, where it has one', 'own', 'charts', 'own'],
  ["the chart's namespace, where it has none", undefined, 'charts', 'charts'],
  ['default, where neither has one', undefined, undefined, 'default'],
])('every object is in %s', (_, namespace, chartNamespace, expected) => {
  const { all } = manifestsOf(shop({ namespace }), chartNamespace);
  expect((all as { metadata: { namespace: string } }[]).map(({ metadata }) => metadata.namespace)).toEqual([
    expected, expected, expected,
  ]); // prettier-ignore
});

test("a chart's namespace that is none is refused, as one in props is", () => {
  const chart = new Chart(new App(), 'c', { namespace: 'Not_One' });
  expect(() => new WorkerApp(chart, 'web', shop())).toThrow(
    'WorkerApp c/web: namespace: expected a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters), got "Not_One"',
  );
});

test("a chart's labels are on every object, and in no selector", () => {
  const chart = new Chart(new App(), 'c', { labels: { team: 'web' } });
  new WorkerApp(chart, 'web', shop());
  const [deployment, service, monitor] = chart.toJson();
  for (const object of [deployment, service, monitor]) expect(object.metadata.labels.team).toBe('web');
  expect(
    JSON.stringify([deployment.spec.selector, service.spec.selector, monitor.spec.selector]),
  ).not.toContain('team');
});

test('one chart may contain several, each with names of its own', () => {
  const app = new App();
  const chart = new Chart(app, 'c');
  for (const name of ['shop', 'blog']) new WorkerApp(chart, name, shop({ name }));
  checkAtSynth(app);
  expect(() => app.synthYaml()).not.toThrow();
  expect(chart.toJson().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Deployment shop', 'Service shop', 'ServiceMonitor shop', 'Deployment blog', 'Service blog', 'ServiceMonitor blog',
  ]); // prettier-ignore
});

test('variables come from text, Secrets and ConfigMaps, the computed ones first', () => {
  const env = { B: 'text', A: { secret: 's', key: 'k' }, C: { configMap: 'c', key: 'k' }, EMPTY: '' };
  expect(manifestsOf(shop({ env })).container.env).toEqual([
    { name: 'METRICS_START_PORT', value: '8001' },
    { name: 'WEB_CONCURRENCY', value: '3' },
    { name: 'B', value: 'text' },
    { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    { name: 'C', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
    { name: 'EMPTY', value: '' },
  ]);
});

test('a variable is written after those that it refers to, and keeps its meaning', () => {
  const env = {
    DATABASE_URL: 'postgres://$(DB_USER):$(DB_PASSWORD)@db',
    PRICE: '5 $$(EUR)',
    DB_PASSWORD: { secret: 's', key: 'k' },
    DB_USER: 'shop',
    OPTIONS: '$(GUNICORN_CMD_ARGS)',
  };
  const { container } = manifestsOf(shop({ env, gunicorn: {}, metrics: { exporter: 'gunicorn' } }));
  const names = container.env.map(({ name }: { name: string }) => name);
  expect(names.slice(-6)).toEqual([
    'DB_USER',
    'DB_PASSWORD',
    'DATABASE_URL',
    'PRICE',
    'GUNICORN_CMD_ARGS',
    'OPTIONS',
  ]);
  expect(container.env).toContainEqual({ name: 'DATABASE_URL', value: env.DATABASE_URL });
  expect(container.env).toContainEqual({ name: 'PRICE', value: env.PRICE });
});

test('probes send the host that Django knows', () => {
  const { container } = manifestsOf(shop({ http: { healthPath: '/up', healthHost: 'shop.example.com' } }));
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    expect(container[probe].httpGet.httpHeaders).toEqual([{ name: 'Host', value: 'shop.example.com' }]);
});

test('a scrape timeout is in every endpoint', () => {
  const { monitor } = manifestsOf(shop({ workers: 2, metrics: { scrapeTimeout: '5s' } }));
  expect(monitor.spec.endpoints).toEqual([
    { port: 'metrics-1', interval: '30s', scrapeTimeout: '5s' },
    { port: 'metrics-2', interval: '30s', scrapeTimeout: '5s' },
  ]);
});

test('runAsUser: null leaves user and group to the image, which still must not be root', () => {
  expect(manifestsOf(shop({ runAsUser: null })).pod.securityContext).toEqual({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

test('the same props give the same bytes', () => {
  const yaml = () => {
    const app = new App();
    new WorkerApp(new Chart(app, 'c'), 'web', shop({ env: { B: 'b', A: 'a' }, http: { healthPath: '/up' } }));
    return app.synthYaml();
  };
  expect(yaml()).toBe(yaml());
});
