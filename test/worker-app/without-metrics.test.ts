import { App, Chart } from 'cdk8s';
import { synthesize } from '../../charts/synthesize.js';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { trace } from '../../src/checks/trace/trace.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { parseValues } from '../../src/values/parse-values.js';
import { WorkerApp } from '../../src/worker-app/worker-app.js';
import { problemsOf, shop, shopWith } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';

const OFF = { metrics: false } as const;

const WINDOWS = [
  { component: 'billing', days: ['Mon'], start: '08:00', end: '18:00', timeZone: 'UTC' },
] as const;

test('an application without metrics has its number of workers, and no metrics port', () => {
  const { all, container, service } = manifestsOf(shop({ ...OFF, http: { servicePort: 8001 } }));

  expect(all.map(({ kind }) => kind)).toEqual(['Deployment', 'Service']);
  expect(container.env).toEqual([{ name: 'WEB_CONCURRENCY', value: '3' }]);
  expect(container.ports).toEqual([{ name: 'http', containerPort: 8000, protocol: 'TCP' }]);
  expect(service.spec.ports).toEqual([{ name: 'http', port: 8001, protocol: 'TCP', targetPort: 'http' }]);
  expect(checkManifests(all)).toEqual([]);
});

test('no object of an application without metrics needs the prometheus-operator', () => {
  const { all } = manifestsOf(
    shopWith({ ...OFF, serviceWindows: WINDOWS, gunicorn: {}, networkPolicy: true, replicas: 2 }),
  );

  expect(all.filter(({ apiVersion }) => String(apiVersion).includes('coreos'))).toEqual([]);
  expect(all.map(({ metadata }) => (metadata as { name: string }).name)).toContain('shop-time-intervals');
});

test('the construct has no monitor and no metrics port', () => {
  const app = new WorkerApp(new Chart(new App(), 'chart'), 'app', shop(OFF));

  expect(app.monitor).toBeUndefined();
  expect([...app.ports]).toEqual([]);
  expect(String(app.ports)).toBe('none');
});

test('the NetworkPolicy opens no port to Prometheus: Kubernetes would read an empty list as all ports', () => {
  const { all } = manifestsOf(shop({ ...OFF, networkPolicy: true }));
  const policy = all.find(({ kind }) => kind === 'NetworkPolicy') as { spec?: object } | undefined;

  expect(policy?.spec).toMatchObject({ ingress: [{ ports: [{ port: 8000, protocol: 'TCP' }] }] });
});

test('a Service of type LoadBalancer may be the only Service: it has no metrics port', () => {
  expect(problemsOf(shop({ ...OFF, service: { type: 'LoadBalancer' } }))).toEqual([]);
});

test('gunicorn is configured without an exporter', () => {
  const { all } = manifestsOf(shop({ ...OFF, gunicorn: { timeout: 9 } }));
  const config = all.find(({ kind }) => kind === 'ConfigMap') as unknown as { data: Record<string, string> };

  expect(JSON.parse(config.data['settings.json'] ?? '')).toMatchObject({
    features: ['worker_metrics_in_force'],
  });
});

test.each([
  ['alerts', { alerts: true }, 'alerts: metrics is false, and there is no metric to alert on; set it to false, or remove metrics: false'],
  ['some alerts', { alerts: { latency: false } }, 'alerts: metrics is false, and there is no metric to alert on; set it to false, or remove metrics: false'],
  ['a dashboard', { dashboard: true }, 'dashboard: metrics is false, and there is no metric to show; set it to false, or remove metrics: false'],
  ['peers of the metrics ports', { networkPolicy: { metricsFrom: [{ podSelector: {} }] } }, 'networkPolicy.metricsFrom: metrics is false, and there is no metrics port; remove it (in an environment: metricsFrom: null), or remove metrics: false'],
  ['another number of workers', { command: ['gunicorn', '--workers', '4', 'shop.wsgi'] }, 'command[1]: --workers 4 differs from workers: 3; remove it, or set workers: 4'],
  ['another number of workers in the arguments', { env: { GUNICORN_CMD_ARGS: '--workers=4' } }, 'env.GUNICORN_CMD_ARGS: --workers=4 would make the number of workers differ from workers; remove it and set workers'],
  ['WEB_CONCURRENCY', { env: { WEB_CONCURRENCY: '4' } }, 'env.WEB_CONCURRENCY: computed from workers; remove it and set workers'],
])('without metrics, %s is refused', (_, props, message) => {
  expect(problemsOf(shopWith({ ...OFF, ...props }))).toEqual([
    message,
  ]);
}); // prettier-ignore

test('true is refused: metrics are on unless they are off', () => {
  expect(problemsOf(shopWith({ metrics: true }))).toEqual([
    expect.stringMatching(
      /^metrics: expected false or a map with startPort, .*, got true; remove it: it is on unless it is false$/,
    ),
  ]);
});

test.each([
  ['the last port as http.port', { http: { port: 65_535 } }],
  ['the variables of metrics ports', { env: { METRICS_START_PORT: '9100', METRICS_EXPORTER: 'own', PROMETHEUS_MULTIPROC_DIR: '/tmp/sums' } }],
  ['a port with the name of a metrics port', { ports: { metrics: 9100, 'metrics-1': 9101 } }],
  ['a preloaded application', { command: ['gunicorn', '--preload', '--bind=0.0.0.0:8000', 'shop.wsgi'] }],
  ['a server that listens on a port that would be a metrics port', { command: ['gunicorn', '--bind=0.0.0.0:8000', '--bind=0.0.0.0:8001', 'shop.wsgi'] }],
  ['annotations by which Prometheus scrapes every port', { podAnnotations: { 'prometheus.io/scrape': 'true' } }],
  ['annotations by which Prometheus scrapes the pods', { podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8001' } }],
  ['alerts that are off', { alerts: false, dashboard: false }],
])('without metrics, %s is accepted without a warning', (_, props) => {
  expect(diagnosticsOf({ ...OFF, ...props })).toEqual([]);
}); // prettier-ignore

test('an init container with the image has the variables that only metrics ports would have taken', () => {
  const { pod } = manifestsOf(
    shop({
      ...OFF,
      env: { METRICS_START_PORT: '9100', PORT: '$(METRICS_START_PORT)' },
      initContainers: { warm: { command: ['warm'] } },
    }),
  );

  expect(pod.initContainers[0].env).toEqual([
    { name: 'METRICS_START_PORT', value: '9100' },
    { name: 'PORT', value: '$(METRICS_START_PORT)' },
  ]);
});

describe('metrics ports that the user declares', () => {
  const PORTS = { 'metrics-1': 8001, 'metrics-2': 8002, 'metrics-3': 8003 };
  const DECLARED = { ...OFF, ports: PORTS, env: { METRICS_START_PORT: '8001' } };
  const messages = (all: readonly Manifest[]) => checkManifests(all).map(({ message }) => message);

  test('may be scraped by something that the manifests do not show', () => {
    const { all } = manifestsOf(shop(DECLARED));

    expect(messages(all)).toEqual([]);
    expect(trace(all).chains).toEqual([]);
    expect(messages(manifestsOf(shop({ ...DECLARED, ports: {} })).all)).toEqual([]);
  });

  test('must be scraped without the annotation of `metrics: false`', () => {
    const { all, deployment } = manifestsOf(shop(DECLARED));
    delete deployment.metadata.annotations;

    expect(messages(all)).toHaveLength(3);
    expect(trace(all).chains.filter(({ isWhole }) => isWhole)).toEqual([]);
  });

  test("are checked together with the user's own monitor", () => {
    const monitor = (...ports: readonly string[]) => ({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'own' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } },
        podMetricsEndpoints: ports.map((port) => ({ port })),
      },
    });
    const found = (...ports: readonly string[]) =>
      messages(manifestsOf(shop({ ...DECLARED, objects: [monitor(...ports)] })).all);

    expect(found('metrics-1', 'metrics-2', 'metrics-3')).toEqual([]);
    expect(found('metrics-1', 'metrics-2')).toEqual([
      'metrics-3 (8003) is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it',
    ]);
  });
});

test('an environment removes the metrics of the base, or sets them again', () => {
  const kindsIn = (base: string, live: string) => {
    const text = `name: shop\nimage: a/b:1\nworkers: 2\nmetrics: ${base}\nenvironments: { live: { metrics: ${live} } }\n`;
    const { values, problems } = parseValues([{ file: 'shop.yaml', text }]);
    expect(problems).toEqual([]);
    return [...synthesize(values)].flatMap(({ manifests }) => manifests.map(({ kind }) => kind));
  };

  expect(kindsIn('{ interval: 15s }', 'false')).toEqual(['Deployment', 'Service']);
  expect(kindsIn('false', '{ interval: 15s }')).toEqual(['Deployment', 'Service', 'ServiceMonitor']);
});
