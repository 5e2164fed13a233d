import { loadOperatorModels } from '../../src/alertmanager/operator-models.js';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { nameOf, type Manifest } from '../../src/kubernetes/manifest.js';
import { alert, BROKEN_CONFIGS, BROKEN_RULES, config } from './broken-objects.js';
import { addAdmissionWebhook } from './cluster/admission-webhook.js';
import { LiveObjects } from './cluster/live-objects.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { committedSet, setsOfEveryKey, synthesized, withoutRepeated } from './manifest-set.js';

let cluster: MonitoredCluster;
let live: LiveObjects;

beforeAll(async () => {
  await loadOperatorModels();
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

/** The errors of our check of finished objects. */
const errors = (manifest: Manifest) =>
  checkManifests([manifest]).filter(({ severity }) => severity === 'error');

test.each(Object.entries({ ...BROKEN_RULES, ...BROKEN_CONFIGS }))(
  '%s is refused by the webhook or the schema, and by our check',
  async (_, manifest) => {
    expect(errors(manifest).map(({ rejectedBy }) => rejectedBy)).not.toEqual([]);
    expect(await live.refusalOf(manifest)).toMatch(/denied the request|is invalid/);
  },
);

test.each(Object.entries(BROKEN_CONFIGS))(
  'alertmanagerConfig with %s is refused, too',
  async (name, { spec }) => {
    const operated = { kind: 'AlertmanagerCluster', name: 'own', form: 'operator', peers: 1 };

    await expect(synthesized(name, { ...operated, alertmanagerConfig: spec })).rejects.toThrow(
      'alertmanagerConfig.',
    );
  },
);

test('the webhook admits the objects that our checks accept', async () => {
  for (const manifest of [alert({}), config({})]) {
    expect(errors(manifest)).toEqual([]);
    expect(await live.refusalOf(manifest)).toBeUndefined();
  }
});
