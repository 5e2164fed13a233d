import { readFileSync } from 'node:fs';
import { eventually, PATIENCE } from '../e2e/cluster/eventually.js';
import type { PrometheusApi } from '../e2e/cluster/prometheus-api.js';
import { firedAlerts, allQuiet, SHORT_ALERTS } from './cluster/alerts.js';
import { LiveApplication } from './cluster/live-application.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { addNamespace } from './cluster/prepare.js';

const NAMESPACE = 'shop';
const [WORKERS, PODS] = [2, 2];

/** Serves the sums of its workers, if PROMETHEUS_MULTIPROC_DIR is set. */
const APPLICATION = `from prometheus_client import CollectorRegistry, Counter, generate_latest, multiprocess
REQUESTS = Counter("shop_requests", "Requests that were served.")
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; version=0.0.4")])
    if environ["PATH_INFO"] == "/metrics":
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
        return [generate_latest(registry)]
    REQUESTS.inc()
    return [b"hello"]
`;

const START = {
  name: 'shop',
  namespace: NAMESPACE,
  image: 'example/django-app:1.0',
  workers: WORKERS,
  replicas: PODS,
  command: ['gunicorn', '--bind=0.0.0.0:5000', '--chdir=/srv/shop', 'shop:app'],
  files: { '/srv/shop/shop.py': APPLICATION },
  http: { port: 5000, healthPath: '/' },
  metrics: { interval: '5s', exporter: 'gunicorn' },
  alerts: { workersNotScraped: SHORT_ALERTS.workersNotScraped },
};

/** By what Prometheus finds a target: its label `service`. A PodMonitor sets none. */
type Source = 'shop' | 'shop-metrics' | 'PodMonitor';

interface Switch {
  readonly to: string;
  readonly values: object;
  readonly ports: readonly number[];
  readonly source: Source;
  /** The commands that delete what `kubectl apply` leaves in the cluster. */
  readonly leaves?: readonly string[];
  /** By what it is scraped a second time, until that is deleted. */
  readonly second?: Source;
  readonly removal?: 'the commands of diff' | 'kubectl apply --prune';
}

const PORTS = [5001, 5002];
const MOVED = [7001, 7002];

const DELETE_SERVICE_MONITOR = 'kubectl delete servicemonitor.monitoring.coreos.com shop -n shop';
const DELETE_POD_MONITOR = 'kubectl delete podmonitor.monitoring.coreos.com shop -n shop';
const DELETE_SERVICE = 'kubectl delete service shop-metrics -n shop';

const HEADLESS = { metrics: { ...START.metrics, service: 'headless' } };
const POD_MONITOR = { metrics: { ...START.metrics, monitor: 'PodMonitor' } };

/** Each starts where the one before has ended. */
const SWITCHES: readonly Switch[] = [
  {
    to: 'service: headless',
    values: HEADLESS,
    ports: PORTS,
    source: 'shop-metrics',
  },
  {
    to: 'monitor: PodMonitor, from a headless Service,',
    values: POD_MONITOR,
    ports: PORTS,
    source: 'PodMonitor',
    leaves: [DELETE_SERVICE, DELETE_SERVICE_MONITOR],
    second: 'shop-metrics',
    removal: 'the commands of diff',
  },
  {
    to: 'monitor: ServiceMonitor',
    values: { metrics: START.metrics },
    ports: PORTS,
    source: 'shop',
    leaves: [DELETE_POD_MONITOR],
    second: 'PodMonitor',
    removal: 'kubectl apply --prune',
  },
  {
    to: 'monitor: PodMonitor',
    values: POD_MONITOR,
    ports: PORTS,
    source: 'PodMonitor',
    // The Service has no metrics ports any more: the old ServiceMonitor finds nothing.
    leaves: [DELETE_SERVICE_MONITOR],
    removal: 'kubectl apply --prune',
  },
  {
    to: 'monitor: ServiceMonitor, with a headless Service,',
    values: HEADLESS,
    ports: PORTS,
    source: 'shop-metrics',
    leaves: [DELETE_POD_MONITOR],
    second: 'PodMonitor',
    removal: 'the commands of diff',
  },
  {
    to: 'service: shared',
    values: { metrics: START.metrics },
    ports: PORTS,
    source: 'shop',
    leaves: [DELETE_SERVICE],
    second: 'shop-metrics',
    removal: 'kubectl apply --prune',
  },
  {
    to: 'startPort: 7001',
    values: { metrics: { ...START.metrics, startPort: 7001 } },
    ports: MOVED,
    source: 'shop',
  },
  {
    to: 'strategy: multiprocess',
    values: { metrics: { interval: '5s', startPort: 7001, strategy: 'multiprocess' } },
    ports: [7001],
    source: 'shop',
  },
  {
    to: 'strategy: aggregated',
    values: {
      gunicorn: {},
      metrics: { interval: '5s', strategy: 'aggregated' },
      env: { PROMETHEUS_MULTIPROC_DIR: '/sums' },
      volumes: { sums: { mountPath: '/sums', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } } },
    },
    ports: [5000],
    source: 'shop',
  },
  {
    to: 'strategy: port-per-worker',
    values: { ...START, gunicorn: undefined, env: undefined, volumes: undefined },
    ports: PORTS,
    source: 'shop',
  },
];

let cluster: MonitoredCluster;
let prometheus: PrometheusApi;
let application: LiveApplication;
let began: number;

beforeAll(async () => {
  cluster = await MonitoredCluster.start();
  await addNamespace(cluster.plane, NAMESPACE, 'restricted');
  application = new LiveApplication(cluster, START);
  await application.apply();
  prometheus = await cluster.addPrometheus('switches', 'EndpointSlice');
  await scraped(PORTS, ['shop']);
  began = await allQuiet(prometheus, NAMESPACE);
});

afterAll(async () => {
  await cluster?.end();
});

test.each(SWITCHES)('after a change to metrics.$to each worker is scraped once', async (change) => {
  const { values, ports, source, second, leaves = [], removal } = change;
  const commands = application.commandsToDelete(values);

  await application.apply(values);

  await scraped(ports, second === undefined ? [source] : [source, second]);
  expect(commands).toEqual(leaves);
  if (removal === 'kubectl apply --prune') await application.apply({}, ...documentedPruning());
  else for (const command of commands) await cluster.plane.kubectl.succeed(...command.split(' ').slice(1));
  await scraped(ports, [source]);
});

test('no alert fires in these changes, and none waits after them', async () => {
  await allQuiet(prometheus, NAMESPACE);
  expect(await firedAlerts(prometheus, NAMESPACE, began)).toEqual([]);
});

/** The flags of `kubectl apply` in docs/reviewing-changes.md. */
function documentedPruning(): string[] {
  const text = readFileSync('docs/reviewing-changes.md', 'utf8');
  const [, flags = ''] = /\$ kubectl apply -f dist\/ (-l (?:.*\\\n)*.*)/.exec(text) ?? [];
  return flags.split(/[\s\\]+/);
}

/** Waits until these ports of every pod are scraped by each source once, and nothing else is. */
async function scraped(ports: readonly number[], sources: readonly Source[]): Promise<void> {
  await eventually(async () => {
    const pods = await application.runningPods();
    expect(pods).toHaveLength(PODS);
    const targets = await application.targets(prometheus);
    const found = targets.map(({ labels, health }) =>
      [labels['service'] ?? 'PodMonitor', labels['instance'], health].join(' '),
    );
    const expected = pods.flatMap(({ facts }) =>
      ports.flatMap((port) => sources.map((source) => `${source} ${facts.address}:${port} up`)),
    );
    expect(found.toSorted()).toEqual(expected.toSorted());
  }, 2 * PATIENCE);
}
