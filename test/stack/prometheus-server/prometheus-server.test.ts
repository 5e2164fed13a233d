import { createHash } from 'node:crypto';
import { checkManifests } from '../../../src/checks/check-manifests.js';
import { at, listAt } from '../../../src/kubernetes/manifest.js';
import { resolveKeys } from '../../../src/schema/object-of-keys.js';
import { PROMETHEUS_SERVER_KEYS } from '../../../src/stack/prometheus-server/prometheus-server-keys.js';
import { full, https, synthesized } from './a-server.js';

test.each([
  ['with its required keys', https],
  ['with all keys', full],
])('a server %s passes the checks', (_, props) => {
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

test('Secrets whose names differ in a dot alone have a volume each', () => {
  const secrets = ['scrape.passwords', 'scrape-passwords'];
  const { pod } = synthesized({ ...https, secrets });
  const own = listAt(pod, 'volumes').filter((volume) => 'secret' in volume);
  expect(own.map((volume) => at(volume, 'secret', 'secretName'))).toEqual(expect.arrayContaining(secrets));
  expect(new Set(own.map(({ name }) => name)).size).toBe(own.length);
});

test('the pods start anew when the hook or the rules about the server change', () => {
  const { statefulSet, all } = synthesized(https);
  const texts = all('ConfigMap').map(({ data }) => createHash('sha256').update(JSON.stringify(data)));
  expect(Object.values(at(statefulSet, 'spec', 'template', 'metadata', 'annotations') as object)).toEqual(
    texts.map((text) => text.digest('hex').slice(0, 16)),
  );
});

test('the environment of each server has its external labels and its name', () => {
  expect(listAt(synthesized(full).container('prometheus'), 'env')).toEqual([
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'EXTERNAL_LABEL_CLUSTER', value: 'eu-1' },
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
