import { eventually, PATIENCE } from '../e2e/cluster/eventually.js';
import type { PrometheusApi } from '../e2e/cluster/prometheus-api.js';
import { firedAlerts, allQuiet, SHORT_ALERTS } from './cluster/alerts.js';
import { LiveApplication } from './cluster/live-application.js';
import { MetricsApi } from './cluster/metrics-api.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { addNamespace } from './cluster/prepare.js';
import { ServiceClient } from './cluster/service-client.js';

const NAMESPACE = 'shop';
const WORKERS = 2;
const MOST = 3;
/** Milliseconds between an answer and the next request: one pod needs far less CPU for them than the autoscaler aims at. */
const FEW = 500;

let cluster: MonitoredCluster;
let prometheus: PrometheusApi;
let application: LiveApplication;
let metrics: MetricsApi;
let client: ServiceClient;
let began: number;

beforeAll(async () => {
  cluster = await MonitoredCluster.start();
  const { plane } = cluster;
  await addNamespace(plane, NAMESPACE, 'restricted');
  metrics = await MetricsApi.start(cluster, NAMESPACE);
  application = new LiveApplication(cluster, {
    name: 'shop',
    namespace: NAMESPACE,
    image: 'example/django-app:1.0',
    workers: WORKERS,
    http: { port: 5000, healthPath: '/health/' },
    // A busy machine answers late: its pods are ready all the same.
    probes: { readiness: { timeoutSeconds: 30 } },
    metrics: { interval: '5s' },
    gunicorn: {},
    resources: { requests: { cpu: '250m' } },
    autoscaling: {
      minReplicas: 1,
      maxReplicas: MOST,
      cpu: 40,
      behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
    },
    alerts: SHORT_ALERTS,
  });
  await application.apply();
  prometheus = await cluster.addPrometheus('autoscaling', 'EndpointSlice');
  await scraped(1);
  began = await allQuiet(prometheus, NAMESPACE);
  client = await ServiceClient.start(plane.api, NAMESPACE, 'shop', FEW);
});

afterAll(async () => {
  await client?.end();
  metrics?.end();
  await cluster?.end();
});

test('under load a HorizontalPodAutoscaler adds pods, and each of their workers is scraped', async () => {
  const [pod] = await application.runningPods();
  const run = (command: string) => pod?.container().exec(['sh', '-c', command]);
  // They use more CPU than requests of a test could, also on a busy machine.
  const load = run('touch /tmp/busy; for i in 1 2 3 4; do while [ -e /tmp/busy ]; do :; done & done; wait');

  await scraped(MOST).finally(() => run('rm /tmp/busy'));
  await load;
});

test('when the load ends it removes them, and no request is lost', async () => {
  await scraped(1);
  await eventually(() => expect(client.done).toBeGreaterThan(50));

  await client.end();

  expect(client.lost).toEqual([]);
});

test('no alert fires while pods come and go, and none waits afterwards', async () => {
  await allQuiet(prometheus, NAMESPACE);
  expect(await firedAlerts(prometheus, NAMESPACE, began)).toEqual([]);
});

/** Waits until there are so many ready pods, and each of their workers is scraped once. */
async function scraped(pods: number): Promise<void> {
  await eventually(async () => {
    const targets = await application.targets(prometheus);
    const found = {
      pods: (await application.pods()).length,
      targets: new Set(targets.map(({ labels }) => labels['instance'])).size,
      down: targets.filter(({ health }) => health !== 'up').length,
    };
    if (found.pods !== pods || found.targets !== pods * WORKERS || found.down > 0)
      throw new Error(`${JSON.stringify(found)}; the autoscaler: ${await statusOfAutoscaler()}`);
  }, 2 * PATIENCE);
}

async function statusOfAutoscaler(): Promise<string> {
  const of = `/apis/autoscaling/v2/namespaces/${NAMESPACE}/horizontalpodautoscalers/shop`;
  return JSON.stringify((await cluster.plane.api.get(of))['status']);
}
