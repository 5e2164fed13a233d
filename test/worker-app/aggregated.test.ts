import { checkManifests } from '../../src/checks/check-manifests.js';
import { trace } from '../../src/checks/trace/trace.js';
import { otherPorts } from '../../src/worker-app/scraping/other-ports.js';
import { recommendScraping } from '../../src/worker-app/scraping/scrape-recommendation.js';
import { problemsOf, scrapedSpecOf, shop, shopWith } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';

const HTTP = { metrics: { strategy: 'aggregated' } } as const;
const OWN = { metrics: { strategy: 'aggregated', port: 9090 } } as const;

const NGINX = { nginx: { image: 'nginx:1', ports: [{ name: 'nginx', containerPort: 8080 }] } };
const EXPORTER = { sums: { image: 'sums:1', ports: [{ name: 'exporter', containerPort: 9090 }] } };

test('one endpoint scrapes the application at http, and the number of workers stays', () => {
  const { all, container, service, monitor } = manifestsOf(shop(HTTP));

  expect(container.ports).toEqual([{ name: 'http', containerPort: 8000, protocol: 'TCP' }]);
  expect(service.spec.ports).toEqual([{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' }]);
  expect(monitor.spec.endpoints).toEqual([{ port: 'http', interval: '30s' }]);
  expect(container.env).toEqual([{ name: 'WEB_CONCURRENCY', value: '3' }]);
  expect(checkManifests(all)).toEqual([]);
  expect(trace(all).chains).toMatchObject([{ isWhole: true, containerPort: { name: 'http', number: 8000 } }]);
});

test('a port of its own is in the container, the Service and the monitor', () => {
  const { all, container, service, monitor } = manifestsOf(shop(OWN));
  const port = { name: 'metrics', protocol: 'TCP' };

  expect(container.ports[1]).toEqual({ ...port, containerPort: 9090 });
  expect(service.spec.ports[1]).toEqual({ ...port, port: 9090, targetPort: 'metrics' });
  expect(monitor.spec.endpoints).toEqual([{ port: 'metrics', interval: '30s' }]);
  expect(checkManifests(all)).toEqual([]);
  expect(trace(all).chains).toMatchObject([{ isWhole: true }]);
});

test.each([
  ['http.port', { ...OWN, http: { port: 9090 } }, 'http', ['http']],
  ['one of ports', { ...OWN, ports: { admin: { port: 9090, servicePort: 90 } } }, 'admin', ['http', 'admin']],
  ['one of ports with the name of metrics', { ...OWN, ports: { metrics: 9090 } }, 'metrics', ['http', 'metrics']],
  ['a port of a sidecar', { ...OWN, sidecars: EXPORTER }, 'exporter', ['http', 'exporter']],
])('a number that is %s is that port, and no container has it twice', (_, props, endpoint, names) => {
  const { all, pod, service, monitor } = manifestsOf(shopWith(props));
  const containers = [...pod.containers, ...(pod.initContainers ?? [])] as { ports: { containerPort: number }[] }[];
  const numbers = containers.flatMap(({ ports }) => ports.map(({ containerPort }) => containerPort));

  expect(monitor.spec.endpoints).toMatchObject([{ port: endpoint }]);
  expect(service.spec.ports.map(({ name }: { name: string }) => name)).toEqual(names);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(checkManifests(all)).toEqual([]);
}); // prettier-ignore

test('behind nginx, the application itself is scraped', () => {
  const props = shopWith({ ...HTTP, http: { targetPort: 'nginx' }, sidecars: NGINX });
  const { all, monitor } = manifestsOf(props);

  expect(monitor.spec.endpoints).toEqual([{ targetPort: 'http', interval: '30s' }]);
  expect(checkManifests(all)).toEqual([]);
  expect(trace(all).chains).toMatchObject([{ isWhole: true, containerPort: { name: 'http' } }]);
});

test.each([
  ['with a PodMonitor', { monitor: 'PodMonitor' }],
  ['with a headless Service', { service: 'headless' }],
])('the sums are scraped once %s', (_, metrics) => {
  for (const { metrics: own } of [HTTP, OWN]) {
    const { all } = manifestsOf(shopWith({ metrics: { ...own, ...metrics }, replicas: 2, networkPolicy: true }));

    expect(checkManifests(all)).toEqual([]);
    expect(trace(all).chains).toMatchObject([{ isWhole: true }]);
  }
}); // prettier-ignore

test('alerts and dashboard have no panels and no alert for single workers', () => {
  const { all } = manifestsOf(shop({ ...HTTP, alerts: true, dashboard: true }));
  const text = JSON.stringify(all);

  expect(text).not.toContain('WorkerRestartsTooOften');
  expect(text).not.toContain('Memory by worker');
  expect(text).toContain(String.raw`endpoint=~\"http\"`);
  expect(text).toContain('The metrics of all its workers are missing');
});

test('our gunicorn config serves no metrics, and expects no metrics port in the workers', () => {
  const { all } = manifestsOf(shop({ ...HTTP, gunicorn: { timeout: 9 } }));
  const config = all.find(({ kind }) => kind === 'ConfigMap') as unknown as { data: Record<string, string> };

  expect(JSON.parse(config.data['settings.json'] ?? '')).toMatchObject({
    features: ['worker_metrics_in_force'],
  });
});

test.each([
  ['our exporter', { metrics: { ...HTTP.metrics, exporter: 'gunicorn' } }, 'metrics.exporter: with metrics.strategy: aggregated the application serves the metrics; set app, or remove it'],
  ['one endpoint for all ports', { metrics: { ...HTTP.metrics, endpoints: 'single' } }, 'metrics.endpoints: with metrics.strategy: aggregated there is only one port; remove it'],
  ['a label of the worker', { metrics: { ...HTTP.metrics, workerLabel: true } }, 'metrics.workerLabel: with metrics.strategy: aggregated the metrics are sums over all workers; remove it'],
  ['a first port', { metrics: { ...HTTP.metrics, startPort: 9001 } }, 'metrics.startPort: with metrics.strategy: aggregated the application has one port for the metrics; set metrics.port instead (in an environment, add startPort: null)'],
  ['a port of another strategy', { metrics: { port: 9090 } }, 'metrics.port: with metrics.strategy: port-per-worker the ports begin at metrics.startPort; set that, or metrics.strategy to aggregated if the application serves the sums of its workers'],
  ['a port name', { metrics: { strategy: 'aggregated', port: 'metrics' } }, 'metrics.port: expected http, or a whole number from 1 to 65535, got "metrics"'],
  ['a port number too high', { metrics: { strategy: 'aggregated', port: 65_536 } }, 'metrics.port: expected http, or a whole number from 1 to 65535, got 65536'],
  ['an alert on single workers', { ...HTTP, alerts: { workerRestarts: true } }, 'alerts.workerRestarts: with metrics.strategy: aggregated there are no metrics for each worker; remove it'],
  ['the port of the Service', { ...OWN, http: { servicePort: 9090 } }, 'http.servicePort: 9090 is a metrics port (9090), and the Service has the metrics ports too; set http.servicePort to a port outside 9090'],
  ['another port of the name metrics', { ...OWN, ports: { metrics: 9100 } }, 'ports.metrics: metrics is the name of a metrics port; choose another name'],
  ['a LoadBalancer with a port of metrics alone', { ...OWN, service: { type: 'LoadBalancer' } }, 'service.type: a Service of type LoadBalancer opens the metrics ports of the workers to clients outside the cluster; set metrics.service to headless, which moves them to a Service of their own'],
  ['another number of workers', { ...HTTP, command: ['gunicorn', '--workers=4', '--bind=0.0.0.0:8000', 'shop.wsgi'] }, /^command\[1\]: --workers=4 differs from workers: 3/],
])('%s is refused', (_, props, message) => {
  const problems = problemsOf(shopWith(props));

  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
}); // prettier-ignore

test.each([
  ['its folder for multiprocess mode', { ...HTTP, env: { PROMETHEUS_MULTIPROC_DIR: '/tmp', METRICS_START_PORT: '1' } }],
  ['a server that listens on the port of the metrics', { ...OWN, command: ['gunicorn', '--bind=0.0.0.0:8000', '--bind=0.0.0.0:9090', 'shop.wsgi'] }],
  ['a preloaded application', { ...HTTP, command: ['gunicorn', '--preload', '--bind=0.0.0.0:8000', 'shop.wsgi'] }],
  ['the last port as http.port', { ...HTTP, http: { port: 65_535 } }],
  ['a LoadBalancer that leads to http alone', { ...HTTP, service: { type: 'LoadBalancer' } }],
  ['a target limit of the pods', { metrics: { ...HTTP.metrics, targetLimit: 2 } }],
])('%s is accepted without a warning', (_, props) => {
  expect(diagnosticsOf(props)).toEqual([]);
}); // prettier-ignore

const FOLDER = { ...HTTP, env: { PROMETHEUS_MULTIPROC_DIR: '/sums/web' } };
const HINT =
  /; mount an emptyDir there: volumes: \{ sums: \{ mountPath: \/sums\/web, emptyDir: \{ medium: Memory \} \} \}$/;

test.each([
  ['without a volume', {}, /^warning: env\.PROMETHEUS_MULTIPROC_DIR: no worker can write there: no volume is mounted, and the file system is read-only;/],
  ['on a volume that is read-only', { volumes: { a: { mountPath: '/sums', configMap: { name: 'a' } } } }, /no worker can write there: the volume a is read-only;/],
  ['on a claim', { volumes: { a: { mountPath: '/sums', claim: { size: '1Gi' } } } }, /the volume a keeps the files of ended pods, and may have those of other pods/],
  ['beside a volume', { volumes: { a: { mountPath: '/sums/we', emptyDir: {} } } }, /no volume is mounted/],
])('a folder for multiprocess mode %s is warned of', (_, props, message) => {
  const found = diagnosticsOf({ ...FOLDER, ...props });

  expect(found).toEqual([expect.stringMatching(message)]);
  expect(found[0]).toMatch(HINT);
}); // prettier-ignore

test.each([
  ['on an emptyDir', { volumes: { a: { mountPath: '/sums/', emptyDir: { medium: 'Memory' } } } }],
  ['on the deeper of two volumes', { volumes: { a: { mountPath: '/sums', configMap: { name: 'a' } }, b: { mountPath: '/sums/web', emptyDir: {} } } }],
  ['in /tmp', { env: { PROMETHEUS_MULTIPROC_DIR: '/tmp/sums' } }],
  ['in a writable file system', { containerSecurityContext: { readOnlyRootFilesystem: false } }],
  ['of a Secret', { env: { PROMETHEUS_MULTIPROC_DIR: { secret: 's', key: 'k' } } }],
  ['without metrics', { metrics: false }],
])('a folder for multiprocess mode %s is not warned of', (_, props) => {
  expect(diagnosticsOf({ ...FOLDER, ...props }).filter((line) => line.startsWith('warning: env'))).toEqual([]);
}); // prettier-ignore

test.each([
  ['http', HTTP, { jobs: 1, targets: 2, relabelings: 2, iptablesRules: 8 }],
  ['a port of its own', OWN, { jobs: 1, targets: 2, relabelings: 4, iptablesRules: 16 }],
  ['http and a headless Service', { metrics: { ...HTTP.metrics, service: 'headless' } }, { jobs: 1, targets: 2, relabelings: 4, iptablesRules: 8 }],
])('the costs of %s are those of one target a pod', (_, props, costs) => {
  const spec = scrapedSpecOf(shopWith({ ...props, replicas: 2 }));
  const { metrics, workers } = spec;

  expect(recommendScraping({ workers, metrics, replicas: 2, context: otherPorts(spec) }).now).toMatchObject(costs);
}); // prettier-ignore
