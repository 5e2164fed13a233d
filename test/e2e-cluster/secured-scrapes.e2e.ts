import { readFileSync } from 'node:fs';
import path from 'node:path';
import { textAt } from '../../src/kubernetes/manifest.js';
import { eventually } from '../e2e/cluster/eventually.js';
import type { PrometheusApi } from '../e2e/cluster/prometheus-api.js';
import { CertificateAuthority } from './cluster/certificates.js';
import { LiveApplication } from './cluster/live-application.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { addNamespace } from './cluster/prepare.js';

const HOST = 'shop.example.com';
const NAMESPACE = 'shop';
const AUTHORIZATION = { credentials: { secret: 'right', key: 'token' } };
const TLS = {
  ca: { configMap: 'right', key: 'ca.crt' },
  cert: { secret: 'right', key: 'tls.crt' },
  key: { secret: 'right', key: 'tls.key' },
  serverName: HOST,
};

/** Settings of `metrics`, each with the error of the scrape. The application is the same. */
const SETTINGS = {
  right: { metrics: { authorization: AUTHORIZATION, tls: TLS }, error: /^$/ },
  'wrong-token': {
    metrics: { authorization: { credentials: { secret: 'wrong', key: 'token' } }, tls: TLS },
    error: /401 Unauthorized/,
  },
  'no-token': { metrics: { tls: TLS }, error: /401 Unauthorized/ },
  'wrong-ca': {
    metrics: { authorization: AUTHORIZATION, tls: { ...TLS, ca: { configMap: 'wrong', key: 'ca.crt' } } },
    error: /certificate signed by unknown authority/,
  },
  'wrong-name': {
    metrics: { authorization: AUTHORIZATION, tls: { ...TLS, serverName: 'other.example.com' } },
    error: /certificate is valid for shop.example.com, not other.example.com/,
  },
  'no-client-certificate': {
    metrics: { authorization: AUTHORIZATION, tls: { ca: TLS.ca, serverName: HOST } },
    error: /certificate required|handshake failure|EOF|connection reset/,
  },
};

const APPLICATION = {
  namespace: NAMESPACE,
  image: 'example/secured:1.0',
  workers: 2,
  files: { '/srv/secured.py': readFileSync(new URL('secured.py', import.meta.url), 'utf8') },
  command: ['gunicorn', 'secured:app', '--chdir=/srv', '--bind=0.0.0.0:8443'],
  args: ['--certfile=/tls/tls.crt', '--keyfile=/tls/tls.key', '--ca-certs=/tls/ca.crt', '--cert-reqs=2'],
  http: { port: 8443 },
  probes: { readiness: { tcpSocket: { port: 'http' } }, liveness: null },
  env: {
    METRICS_TOKEN: { secret: 'right', key: 'token' },
    PROMETHEUS_MULTIPROC_DIR: '/sums',
  },
  volumes: {
    sums: { mountPath: '/sums', emptyDir: { medium: 'Memory' } },
    tls: { mountPath: '/tls', readOnly: true, secret: { secretName: 'server' } },
  },
};

let cluster: MonitoredCluster;
let prometheus: PrometheusApi;

beforeAll(async () => {
  cluster = await MonitoredCluster.start();
  await addNamespace(cluster.plane, NAMESPACE, 'restricted');
  await addCredentials();
  await Promise.all(
    Object.entries(SETTINGS).map(async ([name, { metrics }]) => {
      const values = { strategy: 'aggregated', port: 'http', scheme: 'https', interval: '2s', ...metrics };
      await new LiveApplication(cluster, { ...APPLICATION, name, metrics: values }).apply();
    }),
  );
  // After the monitors: a config-reloader that misses a change as it starts looks again only after three minutes.
  prometheus = await cluster.addPrometheus('secured', 'EndpointSlice');
});

afterAll(() => cluster?.end());

test.each(Object.entries(SETTINGS))('a scrape with the settings %s', async (name, { error }) => {
  await eventually(async () => {
    const targets = (await prometheus.targets()).filter(({ labels }) => labels['job'] === name);

    expect(targets).toMatchObject([{ health: name === 'right' ? 'up' : 'down' }]);
    expect(targets[0]?.lastError).toMatch(error);
  });
});

test('the sums of the workers arrive, and the token is in no object but its Secret', async () => {
  await eventually(async () =>
    expect(await prometheus.query('shop_pages_total{job="right"}')).toHaveLength(1),
  );
  const secrets = await cluster.plane.api.list('/api/v1/secrets');
  const encoded = Buffer.from('right-token').toString('base64');
  const named = secrets.filter((secret) => JSON.stringify(secret).includes(encoded));
  expect(named.map((secret) => textAt(secret, 'metadata', 'name'))).toEqual(['right']);
  for (const kind of ['servicemonitors', 'prometheuses'])
    expect(await cluster.plane.api.send('GET', `/apis/monitoring.coreos.com/v1/${kind}`)).not.toContain(
      'right-token',
    );
});

/** The certificate of the server, and what Prometheus needs: of the right authority, and of another. */
async function addCredentials(): Promise<void> {
  const { api, folder } = cluster.plane;
  const [authority, other] = ['right', 'wrong'].map(
    (one) => new CertificateAuthority(path.join(folder, one)),
  );
  if (authority === undefined || other === undefined) return;
  const server = authority.sign('server', [HOST]);
  const client = authority.sign('prometheus', ['prometheus.example.com']);
  const add = (resource: 'secrets' | 'configmaps', name: string, files: Record<string, string>) =>
    api.create(`/api/v1/namespaces/${NAMESPACE}/${resource}`, {
      metadata: { name },
      [resource === 'secrets' ? 'stringData' : 'data']: files,
    });
  await add('secrets', 'server', {
    'tls.crt': server.certificate,
    'tls.key': server.key,
    'ca.crt': authority.certificate,
  });
  await add('secrets', 'right', {
    'tls.crt': client.certificate,
    'tls.key': client.key,
    token: 'right-token',
  });
  await add('secrets', 'wrong', { token: 'wrong-token' });
  await add('configmaps', 'right', { 'ca.crt': authority.certificate });
  await add('configmaps', 'wrong', { 'ca.crt': other.certificate });
}
