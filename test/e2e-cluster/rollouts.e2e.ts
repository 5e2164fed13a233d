import { eventually } from '../e2e/cluster/eventually.js';
import type { PrometheusApi } from '../e2e/cluster/prometheus-api.js';
import { firedAlerts, allQuiet, SHORT_ALERTS } from './cluster/alerts.js';
import { LiveApplication } from './cluster/live-application.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { addNamespace } from './cluster/prepare.js';
import { ServiceClient } from './cluster/service-client.js';

const NAMESPACE = 'shop';

const COMMON = {
  namespace: NAMESPACE,
  image: 'example/django-app:1.0',
  workers: 5,
  http: { port: 5000, healthPath: '/health/' },
  // A busy machine answers late: its pods are ready all the same.
  probes: { readiness: { timeoutSeconds: 30 } },
  metrics: { interval: '5s' },
  // Otherwise UnappliedMigrations has no metric to judge.
  env: { DJANGO_EXPORT_MIGRATIONS: '1' },
  alerts: SHORT_ALERTS,
};

/** How the pods of an application end. */
const APPLICATIONS = [
  { name: 'with-gunicorn', replicas: 2, gunicorn: {} },
  { name: 'with-lifecycle', replicas: 1, lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } } },
  { name: 'with-neither', replicas: 1 },
];

let cluster: MonitoredCluster;
let prometheus: PrometheusApi;
let applications: LiveApplication[];
let began: number;
const clients = new Map<string, ServiceClient>();

beforeAll(async () => {
  cluster = await MonitoredCluster.start();
  const { plane } = cluster;
  await addNamespace(plane, NAMESPACE, 'restricted');
  applications = APPLICATIONS.map((values) => new LiveApplication(cluster, { ...COMMON, ...values }));
  await Promise.all(applications.map((application) => application.apply()));
  prometheus = await cluster.addPrometheus('rollouts', 'EndpointSlice');
  began = await allQuiet(prometheus, NAMESPACE);
  for (const { name } of APPLICATIONS)
    clients.set(name, await ServiceClient.start(plane.api, NAMESPACE, name));
});

afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.end()));
  await cluster?.end();
});

test.each([5, 3, 8])(
  'after a rollout to %i workers, each worker of each pod is a target',
  async (workers) => {
    await Promise.all(applications.map((application) => application.apply({ workers })));

    for (const application of applications)
      await eventually(async () => {
        const targets = await application.targets(prometheus);
        expect(targets).toHaveLength(workers * (application.values.replicas ?? 1));
        expect(targets.filter(({ health }) => health !== 'up')).toEqual([]);
        expect(new Set(targets.map(({ labels }) => labels['instance'])).size).toBe(targets.length);
      });
  },
);

test.each(['with-gunicorn', 'with-lifecycle'])(
  'no request to an application %s is lost in these rollouts',
  async (name) => {
    const client = clients.get(name);
    await eventually(() => expect(client?.done).toBeGreaterThan(100));

    await client?.end();

    expect(client?.lost).toEqual([]);
  },
);

test('requests to an application with neither gunicorn nor lifecycle are lost', async () => {
  const client = clients.get('with-neither');

  // A client that saw the end of the pod at once has lost none.
  while (client?.lost.length === 0) await applications.at(-1)?.restart();

  expect(client?.lost).toContainEqual(expect.stringContaining('no answer'));
});

test('no alert fires in these rollouts, and none waits after them', async () => {
  await allQuiet(prometheus, NAMESPACE);
  const rules = await prometheus.rules();
  expect(rules.filter(({ name }) => name === 'WorkersNotScraped')).toHaveLength(APPLICATIONS.length);
  expect(await firedAlerts(prometheus, NAMESPACE, began)).toEqual([]);
});
