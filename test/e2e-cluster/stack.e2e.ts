import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { eventually } from '../e2e/cluster/eventually.js';
import { run } from '../e2e/cluster/program.js';
import { PrometheusApi } from '../e2e/cluster/prometheus-api.js';
import { Repository } from '../e2e/stack/repository.js';
import { LiveApplication } from './cluster/live-application.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { addNamespace } from './cluster/prepare.js';
import { synthesized } from './manifest-set.js';
import { GIT_SYNC_USER, gitSyncImage } from './node/git-sync-image.js';

const URL = 'https://git.example.com/monitoring/configuration.git';
const NAMESPACE = 'monitoring';

const ALERTMANAGERS = {
  kind: 'AlertmanagerCluster',
  name: 'alertmanager',
  namespace: NAMESPACE,
  peers: 3,
  config: { route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] },
};
const SERVER = {
  kind: 'PrometheusServer',
  name: 'prometheus',
  namespace: NAMESPACE,
  git: { repository: URL, branch: 'main', period: '5s' },
  alertmanager: 'alertmanager',
  discovery: { namespaces: ['shop'] },
};
/** A server that may discover everything; only its permissions are asked for. */
const EVERYWHERE = { ...SERVER, name: 'everywhere', alertmanager: undefined, discovery: { cluster: true } };

/** Jobs of the repository: one in the namespace that the server may read, and one in another. */
const CONFIGURATION = {
  'prometheus.yml': `
global: { scrape_interval: 2s, evaluation_interval: 2s }
rule_files: [rules.yaml, /etc/prometheus/own/*.yaml]
alerting:
  alertmanagers:
    - file_sd_configs: [{ files: [/etc/prometheus/alertmanagers/alertmanagers.yaml] }]
scrape_configs:
  ${['endpoints', 'endpointslice', 'pod'].map((role) => job(role, 'shop')).join('\n  ')}
  ${job('pod', 'default')}
`,
  'rules.yaml': `groups: [{ name: all, rules: [{ alert: Always, expr: vector(1) }] }]\n`,
};

function job(role: string, namespace: string): string {
  const label = role === 'pod' ? 'pod_container_port_name' : `${role}_port_name`;
  return `- job_name: ${role}-${namespace}
    kubernetes_sd_configs: [{ role: ${role}, namespaces: { names: [${namespace}] } }]
    relabel_configs: [{ source_labels: [__meta_kubernetes_${label.replace('endpoints_', 'endpoint_')}], regex: 'metrics-[0-9]+', action: keep }]`;
}

let folder: string;
let repository: Repository;
let cluster: MonitoredCluster;
let prometheus: PrometheusApi;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'stack-'));
  repository = new Repository(URL, 'main');
  commit(CONFIGURATION);
  cluster = await MonitoredCluster.start([[/\/git-sync:/, gitSyncImage(repository)]]);
  for (const namespace of [NAMESPACE, 'shop']) await addNamespace(cluster.plane, namespace, 'restricted');
  for (const values of [ALERTMANAGERS, SERVER])
    await apply((await synthesized(values.name, values)).manifests);
  // Its pods would wait for the same repository.
  const { manifests } = await synthesized('everywhere', EVERYWHERE);
  await apply(
    manifests.filter(({ kind }) => kind === 'ServiceAccount' || String(kind).startsWith('ClusterRole')),
  );
  const application = new LiveApplication(cluster, {
    name: 'web',
    namespace: 'shop',
    image: 'example/django-app:1.0',
    workers: 3,
    http: { port: 5000, healthPath: '/health/' },
  });
  await application.apply();
  for (const i of [0, 1, 2]) await cluster.ready(NAMESPACE, `alertmanager-${i}`);
  await cluster.ready(NAMESPACE, 'prometheus-0');
  prometheus = new PrometheusApi(`http://${addressOf('prometheus-0')}:9090`);
});

afterAll(async () => {
  await cluster?.end();
  repository?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('every Alertmanager finds the others by their names', async () => {
  for (const i of [0, 1, 2])
    await eventually(async () => {
      const { cluster: found } = (await ask(i, 'status')) as { cluster: { peers: object[] } };
      expect(found.peers).toHaveLength(3);
    });
});

test('Prometheus sends its alerts to every Alertmanager', async () => {
  await eventually(async () => {
    expect(await prometheus.alertmanagers()).toHaveLength(3);
    for (const i of [0, 1, 2]) {
      const alerts = (await ask(i, 'alerts')) as { labels: Record<string, string> }[];
      expect(alerts.map(({ labels }) => labels['alertname'])).toContain('Always');
    }
  });
});

test('its ServiceAccount may discover targets by each role, and Prometheus scrapes them', async () => {
  for (const role of ['endpoints', 'endpointslice', 'pod'])
    await eventually(async () => {
      const targets = (await prometheus.targets()).filter(({ labels }) => labels['job'] === `${role}-shop`);
      expect(targets.map(({ health }) => health)).toEqual(['up', 'up', 'up']);
    });
});

test('it may not discover targets in another namespace', async () => {
  const container = cluster.node.pod(NAMESPACE, 'prometheus-0').container('prometheus');

  await eventually(() =>
    expect(container.log).toMatch(
      /pods is forbidden: User \\*"system:serviceaccount:monitoring:prometheus\\*"/,
    ),
  );
  expect((await prometheus.targets()).filter(({ labels }) => labels['job'] === 'pod-default')).toEqual([]);
});

test('a new commit comes into force, and a broken one does not', async () => {
  const record = (expr: string) => ({
    'rules.yaml': `groups: [{ name: all, rules: [{ record: version, expr: ${expr} }] }]\n`,
  });
  commit(record('vector(2)'));
  await eventually(async () => expect(await prometheus.value('version')).toBe(2));

  commit(record('sum('));

  const { containers } = cluster.node.pod(NAMESPACE, 'prometheus-0');
  await eventually(() => {
    expect(containers.map(({ log }) => log).join('\n')).toContain('promtool finds the commit invalid');
  });
  expect(await prometheus.value('version')).toBe(2);
});

const READ = ['get', 'list', 'watch'];
const DISCOVERED = ['services', 'endpoints', 'pods', 'endpointslices.discovery.k8s.io'];

test.each([
  ['prometheus', 'shop', READ, DISCOVERED, 'yes'],
  ['prometheus', 'default', READ, DISCOVERED, 'no'],
  ['prometheus', NAMESPACE, READ, [...DISCOVERED, 'secrets', 'configmaps'], 'no'],
  ['prometheus', 'shop', READ, ['secrets', 'configmaps', 'deployments.apps', 'ingresses.networking.k8s.io'], 'no'],
  ['prometheus', 'shop', ['create', 'update', 'patch', 'delete'], DISCOVERED, 'no'],
  ['prometheus', '', READ, ['nodes', 'namespaces'], 'no'],
  ['everywhere', 'default', READ, DISCOVERED, 'yes'],
  ['everywhere', '', READ, ['nodes'], 'yes'],
  ['everywhere', '', ['get'], ['nodes/metrics'], 'yes'],
  ['everywhere', '', ['list', 'create'], ['nodes/metrics', 'nodes/proxy', 'secrets', 'namespaces'], 'no'],
  ['everywhere', 'default', ['create', 'delete'], [...DISCOVERED, 'secrets'], 'no'],
  ['alertmanager', NAMESPACE, READ, [...DISCOVERED, 'secrets', 'configmaps'], 'no'],
])('the account %s in the namespace "%s" may %j %j: %s', async (account, namespace, verbs, resources, answer) => {
  const asked = verbs.flatMap((verb) => resources.map((resource) => [verb, resource] as const));
  const answers = await Promise.all(asked.map(([verb, resource]) => canI(account, namespace, verb, resource)));

  expect(asked.filter((_, i) => answers[i] !== answer)).toEqual([]);
}); // prettier-ignore

test('the pods of Alertmanager have no token', async () => {
  const pod = await cluster.plane.api.get(`/api/v1/namespaces/${NAMESPACE}/pods/alertmanager-0`);
  const mounts = listAt(pod, 'spec', 'containers').flatMap((container) => listAt(container, 'volumeMounts'));
  expect(mounts.filter(({ mountPath }) => String(mountPath).includes('serviceaccount'))).toEqual([]);
});

/** git reads only repositories of its own user: this process writes it, and git-sync reads it. */
function commit(files: Readonly<Record<string, string>>): void {
  run('chown', ['-R', String(process.getuid?.()), repository.folder]);
  repository.commit(files);
  run('chown', ['-R', String(GIT_SYNC_USER), repository.folder]);
}

async function canI(account: string, namespace: string, verb: string, resource: string): Promise<string> {
  const user = `--as=system:serviceaccount:${NAMESPACE}:${account}`;
  const [name, subresource] = resource.split('/');
  const { stdout } = await cluster.plane.kubectl.run(
    'auth',
    'can-i',
    verb,
    String(name),
    user,
    ...(subresource === undefined ? [] : [`--subresource=${subresource}`]),
    ...(namespace === '' ? [] : [`--namespace=${namespace}`]),
  );
  return stdout.trim();
}

function addressOf(pod: string): string {
  return cluster.node.pod(NAMESPACE, pod).facts.address;
}

async function ask(peer: number, what: string): Promise<unknown> {
  return (await fetch(`http://${addressOf(`alertmanager-${peer}`)}:9093/api/v2/${what}`)).json();
}

async function apply(manifests: readonly Manifest[]): Promise<void> {
  const file = path.join(folder, 'manifests.yaml');
  writeFileSync(file, toYaml(manifests));
  await cluster.plane.kubectl.succeed('apply', '--server-side', '--filename', file);
}
