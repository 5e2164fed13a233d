import { addAdmissionWebhook } from './cluster/admission-webhook.js';
import { LiveObjects } from './cluster/live-objects.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { committedSet, setsOfEveryKey, withoutRepeated } from './manifest-set.js';
import { nameOf, type Manifest } from '../../src/kubernetes/manifest.js';

let cluster: MonitoredCluster;
let live: LiveObjects;

beforeAll(async () => {
  cluster = await MonitoredCluster.start();
  await addAdmissionWebhook(cluster);
  live = new LiveObjects(cluster.plane.api);
});

afterAll(() => cluster?.end());

test('the webhook admits every rule and every AlertmanagerConfig', async () => {
  const folders = ['dist', 'examples/alertmanager-cluster/dist', 'examples/prometheus-server/dist'];
  const sets = withoutRepeated([...folders.map(committedSet), ...(await setsOfEveryKey())]);
  const validated = sets
    .flatMap(({ manifests }) => manifests)
    .filter(({ kind }) => kind === 'PrometheusRule' || kind === 'AlertmanagerConfig')

    .map((manifest): Manifest => ({ ...manifest, metadata: { name: 'own', namespace: 'default' } }));

  expect(new Set(validated.map(({ kind }) => kind)).size).toBe(2);
  for (const manifest of validated)
    expect([nameOf(manifest), await live.refusalOf(manifest)]).toEqual([nameOf(manifest), undefined]);
});
