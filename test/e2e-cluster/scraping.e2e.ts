import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import { at, listAt, textAt, textsAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { eventually, PATIENCE } from '../e2e/cluster/eventually.js';
import { listeners } from '../e2e/cluster/listeners.js';
import type { PrometheusApi } from '../e2e/cluster/prometheus-api.js';
import { succeeded, workerMetrics } from '../run-command.js';
import { getPage } from './cluster/get-page.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { addNamespace } from './cluster/prepare.js';
import { synthesized } from './manifest-set.js';

const IMAGE = 'example/django-app:1.0';
const HTTP = { port: 5000, healthPath: '/health/' };

/** Applications that are scraped in each way: three that share a namespace, and one alone in its own. */
const APPLICATIONS = [
  {
    name: 'shared',
    namespace: 'shop',
    workers: 3,
    replicas: 2,
    metrics: { workerLabel: true, labels: { team: 'a' } },
    alerts: true,
    dashboard: true,
  },
  {
    name: 'single',
    namespace: 'shop',
    workers: 3,
    gunicorn: { logs: 'json' },
    metrics: { endpoints: 'single', exporter: 'gunicorn', selectorMechanism: 'RoleSelector' },
  },
  {
    name: 'sums',
    namespace: 'shop',
    workers: 2,
    gunicorn: {},
    metrics: { strategy: 'multiprocess', monitor: 'PodMonitor' },
    alerts: true,
    dashboard: true,
  },
  {
    name: 'headless',
    namespace: 'alone',
    workers: 5,
    replicas: 2,
    gunicorn: {},
    metrics: { service: 'headless', exporter: 'gunicorn' },
  },
].map(({ metrics, ...application }) => ({
  ...application,
  image: IMAGE,
  http: HTTP,
  metrics: { interval: '5s', ...metrics },
}));

const podsOf = ({ replicas = 1 }: { replicas?: number }) => replicas;
const portsOf = ({ workers, metrics }: (typeof APPLICATIONS)[number]) =>
  'strategy' in metrics ? 1 : workers;
const inAll = (number: (application: (typeof APPLICATIONS)[number]) => number) =>
  APPLICATIONS.reduce((sum, application) => sum + number(application), 0);

let cluster: MonitoredCluster;
let folder: string;
let byEndpoints: PrometheusApi;
let bySlices: PrometheusApi;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'scraping-'));
  cluster = await MonitoredCluster.start();
  for (const namespace of ['shop', 'alone']) await addNamespace(cluster.plane, namespace, 'restricted');
  for (const application of APPLICATIONS) {
    const { manifests } = await synthesized(application.name, application);
    const file = path.join(folder, `${application.name}.k8s.yaml`);
    writeFileSync(file, toYaml(manifests));
    writeFileSync(path.join(folder, `${application.name}.yaml`), stringify(application));
    await cluster.plane.kubectl.succeed('apply', '--server-side', '--filename', file);
  }
  byEndpoints = await cluster.addPrometheus('by-endpoints', 'Endpoints');
  bySlices = await cluster.addPrometheus('by-slices', 'EndpointSlice');
  await eventually(async () => {
    const ready = [...(await cluster.readyPods('shop')), ...(await cluster.readyPods('alone'))];
    if (ready.length < inAll(podsOf))
      throw new Error(`${ready.length} pods are ready; ${cluster.node.problems.join('\n')}`);
  }, 2 * PATIENCE);
});

afterAll(async () => {
  await cluster?.end();
  rmSync(folder, { recursive: true, force: true });
});

const prometheuses = () => [byEndpoints, bySlices];

test('the operator accepts every monitor and rule', async () => {
  for (const kind of ['servicemonitors', 'podmonitors', 'prometheusrules'])
    await eventually(async () => {
      const objects = await cluster.plane.api.list(`/apis/monitoring.coreos.com/v1/${kind}`);
      expect(objects.length).toBeGreaterThan(0);
      for (const object of objects) expect(refusals(object)).toEqual([]);
    });

  const warnings = (await cluster.plane.api.list('/api/v1/events')).filter(
    ({ type, source }) => type === 'Warning' && String(at(source, 'component')).includes('prometheus'),
  );
  expect(warnings.map(({ message }) => message)).toEqual([]);
  expect((await cluster.operatorLog()).filter((line) => line.includes('skipping'))).toEqual([]);
});

test('Prometheus finds each worker of each pod once, by endpoints and by slices', async () => {
  for (const prometheus of prometheuses())
    await eventually(async () => {
      const targets = await prometheus.targets();
      const found = APPLICATIONS.map(
        ({ name }) => targets.filter(({ labels }) => labels['job'] === name).length,
      );
      expect(found).toEqual(APPLICATIONS.map((one) => portsOf(one) * podsOf(one)));
      expect(targets).toHaveLength(inAll((one) => portsOf(one) * podsOf(one)));
      expect(targets.filter(({ health }) => health !== 'up')).toEqual([]);
      expect(new Set(targets.map(({ labels }) => labels['instance'])).size).toBe(targets.length);
    });
});

test('each target has the promised labels', async () => {
  for (const prometheus of prometheuses()) {
    const targets = await prometheus.targets();
    for (const { name, namespace, metrics } of APPLICATIONS) {
      const of = targets.filter(({ labels }) => labels['job'] === name);
      for (const { labels } of of) {
        expect(labels).toMatchObject({ namespace, container: 'app', pod: expect.stringContaining(name) });
        expect(labels['endpoint']).toMatch(/^metrics(-\d)?$/);
        if (name === 'shared')
          expect(labels).toMatchObject({ team: 'a', worker: labels['endpoint']?.slice(8) });
        expect('service' in labels).toBe(!('monitor' in metrics));
      }
    }
  }
});

test('each target is a process of its own', async () => {
  for (const application of APPLICATIONS) {
    const { name, namespace } = application;
    const numbers = Array.from({ length: portsOf(application) }, (_, i) => 5001 + i);
    await eventually(async () => {
      const pods = (await cluster.readyPods(namespace)).filter(
        (pod) => textsAt(pod, 'metadata', 'labels')['app.kubernetes.io/name'] === name,
      );
      expect(pods).toHaveLength(podsOf(application));
      for (const pod of pods) {
        const container = cluster.node.pod(namespace, textAt(pod, 'metadata', 'name') ?? '').container();
        expect(new Set(listeners(numbers, container.pid).values()).size).toBe(numbers.length);
      }
    });
  }
});

test('the costs are those that Prometheus reports', async () => {
  const values = APPLICATIONS.map(({ name }) => path.join(folder, `${name}.yaml`));
  const { stdout } = succeeded(
    workerMetrics(['costs', '--format', 'json', ...values.flatMap((file) => ['--values', file])]),
  );
  const { applications } = JSON.parse(stdout) as {
    applications: { name: string; alternatives: Record<string, unknown>[] }[];
  };
  for (const prometheus of prometheuses())
    await eventually(async () => {
      const pools = await prometheus.scrapePools();
      for (const { name, alternatives } of applications) {
        const of = [...pools].filter(([pool]) => pool.split('/')[2] === name).map(([, pool]) => pool);
        const sum = (key: 'targets' | 'dropped') => of.reduce((total, pool) => total + pool[key], 0);
        const [targets, dropped] = [sum('targets'), sum('dropped')];
        expect({ name, ...alternatives.find(({ isChosen }) => isChosen) }).toMatchObject({
          name,
          jobs: of.length,
          targets,
          droppedTargets: dropped,
          relabelings: targets + dropped,
        });
      }
    });
});

test('every rule can be evaluated', async () => {
  for (const prometheus of prometheuses())
    await eventually(async () => {
      const rules = await prometheus.rules();
      expect(rules.length).toBeGreaterThan(0);
      expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    });
});

test('every query of every dashboard gives data', async () => {
  const dashboards = await cluster.plane.api.list('/api/v1/configmaps?labelSelector=grafana_dashboard%3D1');
  expect(dashboards).toHaveLength(APPLICATIONS.filter((one) => 'dashboard' in one).length);
  const queries = dashboards.flatMap(queriesOf);
  const ended = new AbortController();
  const traffic = sendRequests(ended.signal);
  await eventually(async () => {
    const answers = await Promise.all(
      queries.map(async (query) => [query, await byEndpoints.query(query)] as const),
    );
    expect(answers.filter(([, series]) => series.every(({ value }) => Number.isNaN(value)))).toEqual([]);
  }).finally(() => ended.abort());
  await traffic;
});

/** Conditions by which the operator refuses an object for a Prometheus. */
function refusals(object: Manifest): string[] {
  const bindings = listAt(object, 'status', 'bindings');
  if (bindings.length === 0) return ['no Prometheus takes it'];
  return bindings
    .flatMap((binding) => listAt(binding, 'conditions'))
    .filter(({ type, status }) => type === 'Accepted' && status !== 'True')
    .map(({ message }) => String(message));
}

/** The queries of a dashboard, as Grafana sends them. */
function queriesOf(configMap: Manifest): string[] {
  const panels = Object.values(textsAt(configMap, 'data')).flatMap((text) => {
    const all = listAt(JSON.parse(text), 'panels');
    return [...all, ...all.flatMap((row) => listAt(row, 'panels'))];
  });
  return panels
    .flatMap((panel) => listAt(panel, 'targets'))
    .map(({ expr }) =>
      String(expr)
        .replaceAll(/\$__(rate_)?interval/g, '1m')
        .replaceAll('$__range', '5m'),
    );
}

/** Asks every pod for pages, some of which fail, until the signal. */
async function sendRequests(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const pod of await cluster.readyPods('shop'))
      for (const page of ['/', '/fail/', '/nowhere/'])
        await getPage(textAt(pod, 'status', 'podIP') ?? '', page);
    await pause(500);
  }
}
