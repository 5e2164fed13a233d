import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { at, listAt, nameOf, textAt, type Manifest } from '../../src/kubernetes/manifest.js';
import type { Chain } from '../../src/checks/trace/chain.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { eventually } from '../e2e/cluster/eventually.js';
import type { PrometheusApi, ScrapeTarget } from '../e2e/cluster/prometheus-api.js';
import { succeeded, workerMetrics } from '../run-command.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { examplesOfOthers, synthesized } from './manifest-set.js';

// Compares what Prometheus discovers with trace and costs. The pods run nothing: their targets are down.

const application = (
  namespace: string,
  name: string,
  workers: number,
  replicas: number,
  more: object = {},
) => ({
  name,
  namespace,
  image: 'registry.example.com/web:v1',
  workers,
  replicas,
  ...more,
});
const metrics = (values: object) => ({ metrics: values });

const APPLICATIONS = [
  // Six in a namespace.
  application('six', 'single', 8, 2, metrics({ endpoints: 'single' })),
  application('six', 'seven', 7, 2),
  application('six', 'four', 4, 3),
  application('six', 'five', 5, 2),
  application('six', 'eleven', 11, 1),
  application('six', 'three', 3, 3),
  application('alone', 'headless', 5, 2, metrics({ service: 'headless' })),
  // Each in another way.
  application('mixed', 'pods', 3, 2, metrics({ monitor: 'PodMonitor' })),
  application('mixed', 'more-pods', 2, 1, metrics({ monitor: 'PodMonitor', endpoints: 'single' })),
  application('mixed', 'other-headless', 2, 2, metrics({ service: 'headless' })),
  application('mixed', 'selected', 2, 1, metrics({ selectorMechanism: 'RoleSelector' })),
  application('mixed', 'sums', 2, 1, { gunicorn: {}, ...metrics({ strategy: 'multiprocess' }) }),
  application('mixed', 'exported', 2, 1, {
    ports: { extra: 9187 },
    ...metrics({ extraEndpoints: [{ port: 'extra', path: '/other' }] }),
  }),
];

/** A Service beside that of `shop-web`, by which Prometheus scrapes the first of its workers a second time. */
const SECOND_SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'second',
    namespace: 'shop',
    labels: { 'app.kubernetes.io/name': 'shop-web', 'app.kubernetes.io/instance': 'shop-web' },
  },
  spec: { selector: { 'app.kubernetes.io/name': 'shop-web' }, ports: [{ name: 'metrics-1', port: 8001 }] },
};

let cluster: MonitoredCluster;
let folder: string;
let byEndpoints: PrometheusApi;
let bySlices: PrometheusApi;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'discovery-'));
  cluster = await MonitoredCluster.start();
  const { api, kubectl } = cluster.plane;
  for (const name of ['six', 'alone', 'mixed', 'shop', 'billing'])
    await api.create('/api/v1/namespaces', { metadata: { name } });
  const others = await examplesOfOthers();
  const manifests: Manifest[] = [SECOND_SERVICE, ...others.flatMap((set) => set.manifests)];
  for (const values of APPLICATIONS) {
    writeFileSync(fileOf(values), stringify(values));
    manifests.push(...(await synthesized(values.name, values)).manifests);
  }
  const file = path.join(folder, 'all.json');
  writeFileSync(file, toYaml(manifests));
  await kubectl.succeed('apply', '--filename', file);
  // Prometheus and trace may agree on a part of the pods, too.
  await eventually(async () => {
    const deployments = await api.list('/apis/apps/v1/deployments');
    const ready = deployments.map((one) => [nameOf(one), at(one, 'status', 'readyReplicas')]);
    expect(ready).toEqual(deployments.map((one) => [nameOf(one), at(one, 'spec', 'replicas')]));
  });
  [byEndpoints, bySlices] = await Promise.all([
    cluster.addPrometheus('by-endpoints', 'Endpoints'),
    cluster.addPrometheus('by-slices', 'EndpointSlice'),
  ]);
});

afterAll(async () => {
  await cluster?.end();
  rmSync(folder, { recursive: true, force: true });
});

const prometheuses = () => [byEndpoints, bySlices];
const fileOf = ({ namespace, name }: { namespace: string; name: string }) =>
  path.join(folder, `${namespace}-${name}.yaml`);

test('trace of the live cluster names each target of Prometheus, and no other', async () => {
  for (const prometheus of prometheuses())
    await eventually(async () => {
      const { chains, pods } = await traced();
      const named = chains.filter(({ monitor, containerPort }) => monitor && containerPort);
      expect(named.length).toBeGreaterThan(50);
      expect(textsOf(await prometheus.targets())).toEqual(
        named.flatMap((chain) => targetsOf(chain, pods)).toSorted(),
      );
    });
});

test('trace names the ports that Prometheus does not scrape, or scrapes twice', async () => {
  const { chains } = await traced();

  const broken = chains.filter(({ isWhole }) => !isWhole);
  expect(
    broken.map(({ reason, service, workload, containerPort }) => [
      reason,
      workload ?? service,
      containerPort?.number,
    ]),
  ).toEqual([
    ['no monitor scrapes this port', 'Deployment shop/shop', 8003],
    ['Prometheus scrapes this port twice', 'Deployment shop/shop-web', 8001],
    ['Prometheus scrapes this port twice', 'Deployment shop/shop-web', 8001],
    ['no container has this port', 'Service shop/shop', undefined],
  ]);
});

test('costs are those that Prometheus reports, for six applications in a namespace and for any neighbours', async () => {
  const { stdout } = succeeded(
    workerMetrics([
      'costs',
      '--format',
      'json',
      ...APPLICATIONS.flatMap((values) => ['--values', fileOf(values)]),
    ]),
  );
  const { applications } = JSON.parse(stdout) as {
    applications: { name: string; namespace: string; alternatives: Record<string, unknown>[] }[];
  };
  const chosen = (name: string) =>
    applications.find((one) => one.name === name)?.alternatives.find(({ isChosen }) => isChosen);
  expect(chosen('single')).toMatchObject({ relabelings: 85, droppedTargets: 69 });
  expect(chosen('headless')).toMatchObject({ relabelings: 120, droppedTargets: 110 });
  for (const prometheus of prometheuses())
    await eventually(async () => {
      const pools = [...(await prometheus.scrapePools())];
      for (const [i, { alternatives }] of applications.entries()) {
        const { namespace, name } = APPLICATIONS[i] ?? {};
        const of = pools.filter(([pool]) => pool.split('/').slice(1, 3).join('/') === `${namespace}/${name}`);
        const sum = (key: 'targets' | 'dropped') => of.reduce((total, [, pool]) => total + pool[key], 0);
        const [targets, droppedTargets] = [sum('targets'), sum('dropped')];
        expect({ namespace, name, ...alternatives.find(({ isChosen }) => isChosen) }).toMatchObject({
          namespace,
          name,
          jobs: of.length,
          targets,
          droppedTargets,
          relabelings: targets + droppedTargets,
        });
      }
    });
});

/** The chains of `worker-metrics trace` on `kubectl get`, and the pods that it got. */
async function traced(): Promise<{ chains: readonly Chain[]; pods: readonly Manifest[] }> {
  const kinds =
    'deployments,replicasets,statefulsets,pods,services,endpoints,endpointslices,servicemonitors,podmonitors,networkpolicies,prometheuses';
  const list = await cluster.plane.kubectl.succeed(
    'get',
    kinds,
    '--all-namespaces',
    '--output=yaml',
    '--show-managed-fields',
  );
  const file = path.join(folder, 'live.yaml');
  writeFileSync(file, list);
  const { stdout } = workerMetrics(['trace', '--format', 'json', file]);
  const { traces } = JSON.parse(stdout) as { traces: { chains: Chain[] }[] };
  const items = listAt(parseAllDocuments(list)[0]?.toJS(), 'items');
  return {
    chains: traces.flatMap(({ chains }) => chains),
    pods: items.filter(({ kind }) => kind === 'Pod'),
  };
}

/** `serviceMonitor/shop/web/0 shop/web 10.101.0.5:8001` for each pod of a chain. */
function targetsOf(
  { monitor = '', endpoint, service, workload = '', containerPort }: Chain,
  pods: readonly Manifest[],
): string[] {
  const [kind = '', name] = monitor.split(' ');
  const index = /\[(\d+)\]/.exec(endpoint ?? '')?.[1];
  const job = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}/${name}/${index}`;
  return pods
    .filter((pod) => workloadOf(pod) === workload)
    .map((pod) =>
      [
        job,
        service?.split(' ')[1] ?? '-',
        `${textAt(pod, 'status', 'podIP')}:${String(containerPort?.number)}`,
      ].join(' '),
    );
}

/** The Deployment of a pod. */
function workloadOf(pod: Manifest): string {
  const [owner] = listAt(pod, 'metadata', 'ownerReferences');
  const name = textAt(owner, 'name')?.replace(/-[^-]+$/, '');
  return `Deployment ${textAt(pod, 'metadata', 'namespace')}/${name}`;
}

function textsOf(targets: readonly ScrapeTarget[]): string[] {
  return targets
    .map(({ scrapePool, labels: { namespace, service, instance } }) =>
      [scrapePool, service === undefined ? '-' : `${namespace}/${service}`, instance].join(' '),
    )
    .toSorted();
}
