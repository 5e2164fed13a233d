import { assert, integer, property } from 'fast-check';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { at, listAt } from '../../src/kubernetes/manifest.js';
import { objectChanges } from '../../src/output/diff/object-changes.js';
import { resolveKeys } from '../../src/schema/object-of-keys.js';
import { ALERTMANAGER_CLUSTER_KEYS } from '../../src/stack/alertmanager/alertmanager-cluster-keys.js';
import type { AlertmanagerClusterProps } from '../../src/stack/alertmanager/alertmanager-cluster-props.js';
import { PEERS } from '../../src/stack/alertmanager/alertmanager-peers.js';
import { operated, standalone, synthesized } from './alertmanager/synthesized-cluster.js';

test.each([
  ['standalone', standalone],
  ['operator', operated],
])('the %s form passes the checks, whatever the number of peers', (_form, props) => {
  assert(
    property(integer(PEERS), (peers) => {
      expect(checkManifests(synthesized({ ...props, peers }).manifests)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

test('the number of peers decides replicas, addresses, budget and the list for Prometheus', () => {
  assert(
    property(integer({ ...PEERS, min: 2 }), (peers) => {
      const { find, args, cluster } = synthesized({ ...standalone, peers });
      expect(at(find('StatefulSet'), 'spec', 'replicas')).toBe(peers);
      expect(args.filter((arg) => arg.startsWith('--cluster.peer='))).toEqual(
        cluster.peers.map(({ gossip }) => `--cluster.peer=${gossip}`),
      );
      expect(at(find('PodDisruptionBudget'), 'spec', 'minAvailable')).toBe(peers - 1);
      const list = String(at(find('ConfigMap', 'alertmanager-peers'), 'data', 'alertmanagers.yaml'));
      expect(list.match(/:9093/g)).toHaveLength(peers);
      expect(at(synthesized({ ...operated, peers }).find('Alertmanager'), 'spec', 'replicas')).toBe(peers);
    }),
    { numRuns: 12 },
  );
});

test('the command line is that of a cluster of pods whose addresses change', () => {
  expect(synthesized({ ...standalone, peers: 2 }).args).toEqual([
    '--config.file=/etc/alertmanager/config/alertmanager.yml',
    '--storage.path=/alertmanager',
    '--data.retention=120h',
    '--web.listen-address=:9093',
    '--cluster.listen-address=[$(POD_IP)]:9094',
    '--cluster.advertise-address=[$(POD_IP)]:9094',
    '--cluster.label=monitoring/alertmanager',
    '--cluster.reconnect-timeout=5m',
    '--cluster.peer=alertmanager-0.alertmanager-peers.monitoring.svc:9094',
    '--cluster.peer=alertmanager-1.alertmanager-peers.monitoring.svc:9094',
  ]);
});

test.each([
  ['5d', '120h'],
  ['1y', '8760h'],
  ['1w12h30m', '180h30m'],
])(
  'what is kept for %s is kept for %s in both forms: neither takes all units of Prometheus',
  (given, told) => {
    expect(synthesized({ ...standalone, retention: given }).args).toContain(`--data.retention=${told}`);
    const { find } = synthesized({ ...operated, retention: given });
    expect(at(find('Alertmanager'), 'spec', 'retention')).toBe(told);
  },
);

test('a single peer gossips with nobody, and may be evicted', () => {
  const { args, find, container } = synthesized({ ...standalone, peers: 1 });
  expect(args.filter((arg) => arg.startsWith('--cluster'))).toEqual(['--cluster.listen-address=']);
  expect(find('PodDisruptionBudget')).toBeUndefined();
  expect(listAt(container, 'ports').map(({ name }) => name)).toEqual(['web']);
});

test('peers find each other before they are ready', () => {
  const service = synthesized(standalone).find('Service', 'alertmanager-peers');
  expect(service?.['spec']).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
});

test('any update of the number of peers adds nothing that kubectl apply loses', () => {
  for (const [before, after] of [1, 2, 3].flatMap((from) => [1, 2, 3].map((to) => [from, to] as const))) {
    const of = (peers: number) => synthesized({ ...standalone, peers }).manifests;
    const warnings = objectChanges(of(before), of(after)).flatMap((change) => change.warnings);
    expect(warnings.filter((warning) => warning.message.includes('kubectl apply'))).toEqual([]);
  }
});

test('only peers reach the gossip, and only clients the web port', () => {
  const clients = [{ labels: { app: 'karma' }, namespace: 'dashboards' }];
  const policy = synthesized({ ...standalone, clients }).find('NetworkPolicy');
  const labels = { 'app.kubernetes.io/name': 'alertmanager', 'app.kubernetes.io/instance': 'alertmanager' };
  expect(at(policy, 'spec', 'ingress')).toEqual([
    {
      from: [{ podSelector: { matchLabels: labels } }],
      ports: [
        { port: 9094, protocol: 'TCP' },
        { port: 9094, protocol: 'UDP' },
      ],
    },
    {
      from: [
        {
          podSelector: { matchLabels: { app: 'karma' } },
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'dashboards' } },
        },
      ],
      ports: [{ port: 9093, protocol: 'TCP' }],
    },
  ]);
});

const annotations = (props: AlertmanagerClusterProps) =>
  at(synthesized(props).find('StatefulSet'), 'spec', 'template', 'metadata', 'annotations');

test('pods roll when our configuration changes, and not otherwise', () => {
  const changed = { ...standalone.config, route: { receiver: 'team', group_by: ['alertname'] } };
  expect(annotations(standalone)).toEqual(annotations({ ...standalone, peers: 5 }));
  expect(annotations(standalone)).not.toEqual(annotations({ ...standalone, config: changed }));
});

test('a configuration from elsewhere is followed by a reloader', () => {
  const { config: _, ...rest } = standalone;
  const { find } = synthesized({ ...rest, configFrom: { secret: 'routes', key: 'am.yml' } });
  const spec = at(find('StatefulSet'), 'spec', 'template', 'spec');
  expect(listAt(spec, 'containers').map(({ name }) => name)).toEqual(['alertmanager', 'config-reloader']);
  expect(listAt(spec, 'volumes')[0]).toEqual({
    name: 'config',
    secret: { secretName: 'routes', items: [{ key: 'am.yml', path: 'alertmanager.yml' }] },
  });
});

test('Secrets whose names differ in a dot alone have a volume each', () => {
  const secrets = ['scrape.passwords', 'scrape-passwords'];
  const pod = at(synthesized({ ...standalone, secrets }).find('StatefulSet'), 'spec', 'template', 'spec');
  const own = listAt(pod, 'volumes').filter((volume) => 'secret' in volume);
  expect(own.map((volume) => at(volume, 'secret', 'secretName'))).toEqual(expect.arrayContaining(secrets));
  expect(new Set(own.map(({ name }) => name)).size).toBe(own.length);
});

test('storage is a claim of each pod, and without it a folder that goes with the pod', () => {
  const stored = synthesized({ ...standalone, storage: { size: '1Gi', storageClass: 'fast' } });
  expect(listAt(stored.find('StatefulSet'), 'spec', 'volumeClaimTemplates')[0]).toMatchObject({
    metadata: { name: 'storage' },
    spec: { storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } },
  });
  const spec = at(synthesized(standalone).find('StatefulSet'), 'spec', 'template', 'spec');
  expect(listAt(spec, 'volumes')).toContainEqual({ name: 'storage', emptyDir: {} });
});

test('peers are spread over nodes and zones, strictly if the values say that', () => {
  const spec = (spread?: 'required') =>
    at(synthesized({ ...standalone, spread }).find('StatefulSet'), 'spec', 'template', 'spec');
  const term = { topologyKey: 'kubernetes.io/hostname' };
  expect(at(spec(), 'affinity', 'podAntiAffinity')).toMatchObject({
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }],
  });
  expect(at(spec('required'), 'affinity', 'podAntiAffinity')).toMatchObject({
    requiredDuringSchedulingIgnoredDuringExecution: [term],
  });
  expect(listAt(spec(), 'topologySpreadConstraints')).toMatchObject([
    { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
  ]);
});

test('wrong props are refused with the path of the construct', () => {
  expect(() => synthesized({ ...standalone, peers: 0 })).toThrow(
    'AlertmanagerCluster test/cluster: peers: expected a whole number from 1 to 9, got 0',
  );
});

test('the defaults are those that the props document', () => {
  expect(resolveKeys(ALERTMANAGER_CLUSTER_KEYS, { name: 'am', peers: 3 })).toEqual({
    name: 'am',
    peers: 3,
    instance: 'am',
    label: 'default/am',
    secrets: [],
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    namespace: 'default',
    form: 'standalone',
    image: 'quay.io/prometheus/alertmanager:v0.34.2',
    retention: '120h',
    spread: 'preferred',
    clients: [
      { labels: { 'app.kubernetes.io/name': 'prometheus' } },
      { labels: { 'app.kubernetes.io/component': 'prometheus' } },
    ],
  });
  const { container } = synthesized(standalone);
  expect(container?.['resources']).toEqual({
    requests: { cpu: '50m', memory: '64Mi' },
    limits: { memory: '256Mi' },
  });
});
