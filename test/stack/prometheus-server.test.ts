import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { App, Chart } from 'cdk8s';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { at, listAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { AlertmanagerCluster } from '../../src/stack/alertmanager/alertmanager-cluster.js';
import { PrometheusServer } from '../../src/stack/prometheus-server/prometheus-server.js';
import { PROMETHEUS_SERVER_KEYS } from '../../src/stack/prometheus-server/prometheus-server-keys.js';
import { resolveKeys } from '../../src/schema/object-of-keys.js';
import type { PrometheusServerProps } from '../../src/stack/prometheus-server/prometheus-server-props.js';

const https: PrometheusServerProps = {
  name: 'prometheus',
  namespace: 'monitoring',
  git: { repository: 'https://git.example.com/config.git', branch: 'production' },
};
const full: PrometheusServerProps = {
  ...https,
  replicas: 2,
  git: {
    repository: 'git@git.example.com:config.git',
    branch: 'staging',
    file: 'prometheus/prometheus.yml',
    period: '1m',
    ssh: { key: { secret: 'git', key: 'id' }, knownHosts: { configMap: 'hosts', key: 'known' } },
  },
  retention: { time: '30d', size: '40GB' },
  storage: { size: '50Gi' },
  externalLabels: { cluster: 'eu-1' },
  alertmanager: 'alertmanager',
  secrets: ['scrape.passwords'],
  decrypt: { ageKey: { secret: 'age', key: 'keys' } },
};

function synthesized(props: PrometheusServerProps) {
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  new PrometheusServer(chart, 'server', props);
  const manifests = chart.toJson() as Manifest[];
  const all = (kind: string) => manifests.filter((one) => one['kind'] === kind);
  const [statefulSet] = all('StatefulSet');
  const pod = at(statefulSet, 'spec', 'template', 'spec');
  const container = (name: string) =>
    ['initContainers', 'containers']
      .flatMap((list) => listAt(pod, list))
      .find((one) => one['name'] === name) ?? {};
  const args = (name: string) => container(name)['args'] as string[];
  const mounts = (name: string) => listAt(container(name), 'volumeMounts').map(({ mountPath }) => mountPath);
  return { manifests, all, statefulSet, pod, container, args, mounts };
}

test.each([
  ['with what it must say', https],
  ['with all that it can say', full],
])('a server %s passes the checks', (_what, props) => {
  expect(checkManifests(synthesized(props).manifests)).toEqual([]);
});

test('every container holds to Pod Security restricted', () => {
  const { pod } = synthesized(full);
  expect(at(pod, 'securityContext')).toMatchObject({
    runAsNonRoot: true,
    runAsUser: 65533,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  const containers = ['initContainers', 'containers'].flatMap((list) => listAt(pod, list));
  expect(containers.map(({ name }) => name)).toEqual([
    'copy-promtool',
    'copy-sops',
    'first-configuration',
    'prometheus',
    'git-sync',
  ]);
  for (const { securityContext } of containers) {
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  }
});

test('Prometheus reads the validated link only, cannot write it, and sees no worktree and no key', () => {
  const { args, mounts, container } = synthesized(full);
  expect(args('prometheus')).toEqual([
    '--config.file=/config/current/prometheus/prometheus.yml',
    '--storage.tsdb.path=/prometheus',
    '--storage.tsdb.retention.time=30d',
    '--storage.tsdb.retention.size=40GB',
    '--web.listen-address=:9090',
    '--web.enable-lifecycle',
  ]);
  expect(listAt(container('prometheus'), 'volumeMounts')).toContainEqual({
    name: 'data',
    mountPath: '/config',
    subPath: 'config',
    readOnly: true,
  });
  for (const path of ['/git', '/etc/git-secret', '/etc/sops', '/tools']) {
    expect(mounts('prometheus')).not.toContain(path);
  }
});

test('promtool and Prometheus see the same files at the same paths', () => {
  const { mounts } = synthesized(full);
  const shared = [
    '/etc/prometheus/own',
    '/etc/prometheus/alertmanagers',
    '/etc/prometheus/secrets/scrape.passwords',
  ];
  for (const name of ['prometheus', 'git-sync', 'first-configuration']) {
    expect(mounts(name)).toEqual(expect.arrayContaining([...shared, '/config']));
  }
});

test('Secrets whose names differ in a dot alone have a volume each', () => {
  const secrets = ['scrape.passwords', 'scrape-passwords'];
  const { pod } = synthesized({ ...https, secrets });
  const own = listAt(pod, 'volumes').filter((volume) => 'secret' in volume);
  expect(own.map((volume) => at(volume, 'secret', 'secretName'))).toEqual(expect.arrayContaining(secrets));
  expect(new Set(own.map(({ name }) => name)).size).toBe(own.length);
});

test('git-sync follows the branch, trusts pinned hosts only, and runs the hook', () => {
  const { args } = synthesized(full);
  expect(args('git-sync')).toEqual([
    '--repo=git@git.example.com:config.git',
    '--ref=refs/heads/staging',
    '--root=/git',
    '--link=checkout',
    '--period=1m',
    '--depth=1',
    '--submodules=off',
    '--max-failures=-1',
    '--exechook-command=/hook/config-hook.sh',
    '--exechook-timeout=180s',
    '--exechook-backoff=1m',
    '--ssh-key-file=/etc/git-secret/ssh',
    '--ssh-known-hosts=true',
    '--ssh-known-hosts-file=/etc/git-known-hosts/known_hosts',
    '--http-bind=:2112',
    '--http-metrics=true',
  ]);
});

test('the pods start anew when the hook or the rules about the server change', () => {
  const { statefulSet, all } = synthesized(https);
  const texts = all('ConfigMap').map(({ data }) => createHash('sha256').update(JSON.stringify(data)));
  expect(Object.values(at(statefulSet, 'spec', 'template', 'metadata', 'annotations') as object)).toEqual(
    texts.map((text) => text.digest('hex').slice(0, 16)),
  );
});

test('the first configuration is waited for by the same hook, with no Prometheus to reload', () => {
  const { container, args } = synthesized(https);
  const first = container('first-configuration');
  expect(first['command']).toEqual(['/bin/sh', '/hook/config-hook.sh', 'first', '/git-sync']);
  expect(args('first-configuration').at(-1)).toBe('--one-time');
  expect(listAt(first, 'env').map(({ name }) => name)).toEqual(['CONFIG_DIR', 'CONFIG_FILE', 'PROMTOOL']);
  expect(listAt(container('git-sync'), 'env').map(({ name }) => name)).toContain('PROMETHEUS_ADDRESS');
});

test('the hook is the files of this repository, to the byte: nothing of the values is in them', () => {
  const { all } = synthesized(full);
  const names = readdirSync('src/stack/prometheus-server').filter((name) => name.endsWith('.sh'));
  const files = names.map((name) => [name, readFileSync(`src/stack/prometheus-server/${name}`, 'utf8')]);
  expect(all('ConfigMap').map((one) => one['data'])).toContainEqual(Object.fromEntries(files));
});

test('the environment of each server has its external labels and its name', () => {
  expect(listAt(synthesized(full).container('prometheus'), 'env')).toEqual([
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'EXTERNAL_LABEL_CLUSTER', value: 'eu-1' },
  ]);
});

test.each([
  ['by default', undefined],
  ['where other clients are named', [{ labels: { app: 'karma' } }]],
  ['where nobody else may', []],
])('its own pods reach each other %s, whatever its name', (_when, clients) => {
  const { all, statefulSet } = synthesized({ ...https, name: 'metrics', clients });
  const [policy] = all('NetworkPolicy');
  const [{ from, ports } = {}] = listAt(policy, 'spec', 'ingress');
  const own = { podSelector: at(statefulSet, 'spec', 'selector') };
  expect(from).toContainEqual(own);
  expect(ports).toEqual([9090, 2112].map((port) => ({ port, protocol: 'TCP' })));
});

test('an AlertmanagerCluster admits the pods of a server by default, whatever its name', () => {
  const { all, statefulSet } = synthesized({ ...https, name: 'metrics', alertmanager: 'am' });
  const pod = at(statefulSet, 'spec', 'template', 'metadata', 'labels');
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  new AlertmanagerCluster(chart, 'am', {
    name: 'am',
    namespace: 'monitoring',
    peers: 3,
    config: { route: { receiver: 'team' }, receivers: [{ name: 'team' }] },
  });
  const policy = (chart.toJson() as Manifest[]).find(({ kind }) => kind === 'NetworkPolicy');
  const admitted = listAt(policy, 'spec', 'ingress')
    .filter(({ ports }) => JSON.stringify(ports).includes('9093'))
    .flatMap(({ from }) => from as { podSelector: { matchLabels: object } }[]);
  expect(admitted.filter((peer) => !('namespaceSelector' in peer))).toContainEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/component': 'prometheus' } },
  });
  expect(pod).toMatchObject({ 'app.kubernetes.io/component': 'prometheus' });
  for (const selector of [
    at(statefulSet, 'spec', 'selector', 'matchLabels'),
    ...all('Service').map((one) => at(one, 'spec', 'selector')),
  ])
    expect(selector).toEqual({
      'app.kubernetes.io/name': 'metrics',
      'app.kubernetes.io/instance': 'metrics',
    });
});

const READ = ['get', 'list', 'watch'];
const DISCOVERY = [
  { apiGroups: [''], resources: ['services', 'endpoints', 'pods'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
];

test('it may look for targets in its own namespace, and nowhere else', () => {
  const { all } = synthesized(https);
  expect(all('ClusterRole')).toEqual([]);
  expect(all('Role')).toMatchObject([
    { metadata: { name: 'prometheus', namespace: 'monitoring' }, rules: DISCOVERY },
  ]);
});

test('it may look for targets in the namespaces that are named', () => {
  const { all } = synthesized({ ...https, discovery: { namespaces: ['app', 'shop'] } });
  const name = 'monitoring-prometheus';
  expect(all('Role')).toMatchObject([
    { metadata: { name, namespace: 'app' } },
    { metadata: { name, namespace: 'shop' } },
  ]);
  const subjects = [{ kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' }];
  expect(all('RoleBinding')).toMatchObject([
    { metadata: { name, namespace: 'app' }, roleRef: { kind: 'Role', name }, subjects },
    { metadata: { name, namespace: 'shop' }, roleRef: { kind: 'Role', name }, subjects },
  ]);
});

test('with discovery: { cluster: true } it may look for targets in the whole cluster, nodes too', () => {
  const { all } = synthesized({ ...https, discovery: { cluster: true } });
  expect(all('Role')).toEqual([]);
  expect(all('ClusterRole')).toMatchObject([
    {
      metadata: { name: 'monitoring-prometheus' },
      rules: [
        ...DISCOVERY,
        { apiGroups: [''], resources: ['nodes'], verbs: READ },
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      ],
    },
  ]);
});

test('wrong props are refused with the path of the construct', () => {
  expect(() => synthesized({ ...https, replicas: 0 })).toThrow(
    'PrometheusServer test/server: replicas: expected a whole number from 1 to 10, got 0',
  );
});

test('the defaults are those that the props document', () => {
  const { git } = https;
  const decrypt = { ageKey: { secret: 'age', key: 'keys.txt' } };
  expect(resolveKeys(PROMETHEUS_SERVER_KEYS, { name: 'server', git, decrypt })).toMatchObject({
    instance: 'server',
    discovery: { namespaces: ['default'] },
    secrets: [],
    externalLabels: {},
    namespace: 'default',
    image: 'quay.io/prometheus/prometheus:v3.14.0',
    replicas: 1,
    retention: { time: '15d' },
    spread: 'preferred',
    git: { file: 'prometheus.yml', period: '30s', image: 'registry.k8s.io/git-sync/git-sync:v4.7.0' },
    decrypt: { image: 'ghcr.io/getsops/sops:v3.13.3-alpine' },
    clients: [
      { labels: { 'app.kubernetes.io/name': 'prometheus' } },
      { labels: { 'app.kubernetes.io/component': 'prometheus' } },
      { labels: { 'app.kubernetes.io/name': 'grafana' } },
    ],
  });
  expect(synthesized(https).container('prometheus')['resources']).toEqual({
    requests: { cpu: '200m', memory: '1Gi' },
    limits: { memory: '2Gi' },
  });
  expect(synthesized(https).container('git-sync')['resources']).toEqual({
    requests: { cpu: '20m', memory: '64Mi' },
    limits: { memory: '512Mi' },
  });
});
