import { textAt } from '../../src/kubernetes/manifest.js';
import { eventually, PATIENCE } from '../e2e/cluster/eventually.js';
import { listeners } from '../e2e/cluster/listeners.js';
import type { Alert, PrometheusApi } from '../e2e/cluster/prometheus-api.js';
import { firedAlerts, allQuiet, SHORT_ALERTS } from './cluster/alerts.js';
import { LiveApplication } from './cluster/live-application.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { addNamespace } from './cluster/prepare.js';
import { ServiceClient } from './cluster/service-client.js';
import type { Pod } from './node/pod.js';

const NAMESPACE = 'shop';
const PORTS = [5001, 5002, 5003];
const TARGETS = 2 * PORTS.length;

let cluster: MonitoredCluster;
let prometheus: PrometheusApi;
let application: LiveApplication;
let client: ServiceClient;
let began: number;

beforeAll(async () => {
  cluster = await MonitoredCluster.start();
  await addNamespace(cluster.plane, NAMESPACE, 'restricted');
  application = new LiveApplication(cluster, {
    name: 'shop',
    namespace: NAMESPACE,
    image: 'example/django-app:1.0',
    workers: PORTS.length,
    replicas: TARGETS / PORTS.length,
    http: { port: 5000, healthPath: '/health/' },
    metrics: { interval: '5s' },
    gunicorn: {},
    env: { DJANGO_EXPORT_MIGRATIONS: '1' },
    alerts: SHORT_ALERTS,
  });
  await application.apply();
  prometheus = await cluster.addPrometheus('kills', 'EndpointSlice');
  await allUp();
  began = await allQuiet(prometheus, NAMESPACE);
  client = await ServiceClient.start(cluster.plane.api, NAMESPACE, 'shop');
});

afterAll(async () => {
  await client?.end();
  await cluster?.end();
});

describe('no alert fires, and each worker is scraped again,', () => {
  test('after a kill of a worker', async () => {
    const pod = await anyPod();
    const before = workersOf(pod);

    killWorker(pod, 5001);

    await eventually(() => expect(workersOf(pod)).not.toEqual(before));
    await quiet();
  });

  test('after a kill of all processes of a pod', async () => {
    const pod = await anyPod();
    const { pid } = pod.container();

    pod.container().kill();

    await eventually(() => {
      expect(pod.container().pid).not.toBe(pid);
      workersOf(pod);
    });
    await quiet();
  });

  test('after the removal of a pod by force', async () => {
    const { name } = (await anyPod()).facts;

    await removeByForce(name);

    await quiet();
    expect((await application.runningPods()).map(({ facts }) => facts.name)).not.toContain(name);
  });

  test('after a kill of Prometheus', async () => {
    const container = cluster.node.pod('default', 'prometheus-kills-0').container('prometheus');
    const { pid } = container;

    container.kill();

    await eventually(() => expect(container.pid).not.toBe(pid));
    await quiet();
  });
});

test('WorkersNotScraped fires for a pod whose node is gone, and clears when the pod is replaced', async () => {
  const pod = await anyPod();
  const { name } = pod.facts;

  // Its processes and its network end, and nobody tells the API server.
  await pod.end(0);

  // It waits for two minutes before it fires.
  await eventually(
    async () =>
      expect(await firing()).toMatchObject([{ labels: { alertname: 'WorkersNotScraped', pod: name } }]),
    2 * PATIENCE,
  );
  await removeByForce(name);
  await quiet(['shop: WorkersNotScraped']);
});

test('WorkerRestartsTooOften fires for a worker that is killed again and again, and no other alert', async () => {
  const pod = await anyPod();
  const start = () =>
    prometheus.value(
      `process_start_time_seconds{namespace="${NAMESPACE}", pod="${pod.facts.name}", endpoint="metrics-1"}`,
    );
  for (let kills = 0; kills < 4; kills += 1) {
    const before = await eventually(start);
    killWorker(pod, 5001);
    await eventually(async () => expect(await start()).toBeGreaterThan(before));
  }

  await eventually(async () =>
    expect(await firing()).toMatchObject([
      { labels: { alertname: 'WorkerRestartsTooOften', pod: pod.facts.name, endpoint: 'metrics-1' } },
    ]),
  );
  // Prometheus stores the series of an alert after the alert itself.
  await eventually(async () =>
    expect(await firedAlerts(prometheus, NAMESPACE, began)).toEqual([
      'shop: WorkerRestartsTooOften',
      'shop: WorkersNotScraped',
    ]),
  );
});

async function anyPod(): Promise<Pod> {
  const [pod] = await application.runningPods();
  if (pod === undefined) throw new Error('no pod is ready');
  return pod;
}

/** The process that serves each metrics port of a pod. */
function workersOf(pod: Pod): Map<number, number> {
  const workers = listeners(PORTS, pod.container().pid);
  expect(workers.size).toBe(PORTS.length);
  return workers;
}

function killWorker(pod: Pod, port: number): void {
  process.kill(workersOf(pod).get(port) ?? Number.NaN, 'SIGKILL');
}

async function removeByForce(pod: string): Promise<void> {
  const force = ['--force', '--grace-period=0', `--namespace=${NAMESPACE}`];
  await cluster.plane.kubectl.succeed('delete', 'pod', pod, ...force);
}

/**
 * Waits until every worker has been scraped again, and Prometheus has ended the series of removed pods. If it is killed before
 * that, their last samples count for 5 minutes more.
 */
async function allUp(): Promise<void> {
  const now = Date.now();
  await eventually(async () => {
    const targets = await application.targets(prometheus);
    expect(targets.filter(({ lastScrape }) => Date.parse(lastScrape) < now)).toEqual([]);
    expect(targets.map(({ health }) => health)).toEqual(Array.from({ length: TARGETS }, () => 'up'));
    const pods = (await application.pods()).map((pod) => textAt(pod, 'metadata', 'name'));
    expect(new Set(targets.map(({ labels }) => labels['pod']))).toEqual(new Set(pods));
    const series = await prometheus.query(`up{namespace="${NAMESPACE}"}`);
    expect(new Set(series.map(({ labels }) => labels['pod']))).toEqual(new Set(pods));
  }, 2 * PATIENCE);
}

/** Waits until every worker is scraped and no alert waits. @param fired the alerts that have fired before */
async function quiet(fired: readonly string[] = []): Promise<void> {
  await allUp();
  await allQuiet(prometheus, NAMESPACE);
  expect(await firedAlerts(prometheus, NAMESPACE, began)).toEqual(fired);
}

async function firing(): Promise<Alert[]> {
  const alerts = await prometheus.alerts();
  return alerts.filter(({ state, labels }) => state === 'firing' && labels['namespace'] === NAMESPACE);
}
