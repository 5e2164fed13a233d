import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { importHelm } from '../../src/import-helm/import-helm.js';
import { at, listAt, mapAt, textAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { blocksOf } from '../docs/pages.js';
import { eventually } from '../e2e/cluster/eventually.js';
import { ControlPlane } from './cluster/control-plane.js';
import { images } from './cluster/images.js';
import { differences, LiveObjects } from './cluster/live-objects.js';
import { addCustomResources, addNamespace } from './cluster/prepare.js';
import { ReadyPods } from './cluster/ready-pods.js';
import { HelmRelease } from './helm-release.js';
import { synthesized } from './manifest-set.js';
import { Node } from './node/node.js';

// The steps of docs/import-helm.md, as the page shows them.

const NAMESPACE = 'shop';
const NAME = 'shop-web';
const PODS = 3;

const VALUES = {
  image: { repository: 'example/django-app', tag: '1.0' },
  env: [
    { name: 'WEB_CONCURRENCY', value: '2' },
    { name: 'METRICS_START_PORT', value: '5001' },
    { name: 'LOG_LEVEL', value: 'info' },
  ],
  service: { port: 5000 },
  serviceAccount: { create: true },
  livenessProbe: { httpGet: { path: '/health/', port: 'http' } },
  readinessProbe: { httpGet: { path: '/health/', port: 'http' }, periodSeconds: 1, timeoutSeconds: 20 },
  ingress: {
    enabled: true,
    hosts: [{ host: 'shop.example.com', paths: [{ path: '/', pathType: 'Prefix' }] }],
  },
  httpRoute: { enabled: true },
  autoscaling: { enabled: true, minReplicas: PODS, maxReplicas: 5, targetCPUUtilizationPercentage: 80 },
  resources: { requests: { cpu: '100m', memory: '256Mi' } },
  volumes: [{ name: 'files', emptyDir: {} }],
  volumeMounts: [{ name: 'files', mountPath: '/tmp' }],
};

const STEPS = blocksOf('docs/import-helm.md')
  .filter(({ language }) => language === 'sh')
  .map(({ text }) => text);

interface Values {
  readonly env: Readonly<Record<string, string>>;
}

let plane: ControlPlane;
let node: Node;
let release: HelmRelease;
let pods: ReadyPods;
let values: Values;
let manifests: readonly Manifest[];
let old: Manifest;

const deployment = () => plane.api.get(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${NAME}`);

beforeAll(async () => {
  plane = await ControlPlane.start();
  await addCustomResources(plane);
  plane.startControllers();
  node = await Node.start(plane, images());
  await addNamespace(plane, NAMESPACE, 'privileged');
  release = new HelmRelease(plane, { release: 'shop', chart: 'web', namespace: NAMESPACE });
  pods = new ReadyPods(plane.api, NAMESPACE);
  await release.install(VALUES);
  await eventually(() => expect(pods.ready).toHaveLength(PODS));
  // Helm is then not the first of the managers.
  await release.upgrade('podLabels.team=shop');
  await eventually(async () => expect(isDone(await deployment())).toBe(true));
  old = await deployment();
});

afterAll(async () => {
  pods?.end();
  release?.end();
  await node?.end();
  await plane?.end();
});

test('the values of the live release are made from its manifests, without patches', async () => {
  const imported = importHelm({ file: await release.manifests(), namespace: NAMESPACE });
  if ('problems' in imported) throw new Error(JSON.stringify(imported.problems));

  expect(imported).toMatchObject({ name: NAME, losses: [], patches: 0 });
  values = parse(imported.text) as Values;
  manifests = await writeManifests(values);
});

test('the Celery worker and the CronJob of the chart are a process and a cron job', () => {
  expect(values).toMatchObject({
    processes: { celery: { replicas: 0, selectorLabels: { 'app.kubernetes.io/name': 'celery' } } },
    cronJobs: { cleanup: { suspend: true } },
  });
});

test('the live objects give the same values as the manifests of the release', async () => {
  const applied = parseAllDocuments(readFileSync(await release.manifests(), 'utf8')).map(
    (one) => one.toJS() as Manifest,
  );
  const named = applied.map((one) => ({
    ...one,
    metadata: { namespace: NAMESPACE, ...mapAt(one, 'metadata') },
  }));
  const items = await new LiveObjects(plane.api).allOf(named);
  const file = path.join(release.folder, 'live.yaml');
  writeFileSync(file, stringify({ apiVersion: 'v1', kind: 'List', items }));

  const imported = importHelm({ file, namespace: NAMESPACE });
  if ('problems' in imported) throw new Error(JSON.stringify(imported.problems));

  expect(parse(imported.text)).toEqual(values);
});

test('the page has the three steps', () => expect(STEPS).toHaveLength(3));

test('giving the fields of Helm to kubectl restarts no pod', async () => {
  const before = await pods.upToDate();

  await release.run(STEPS[0] ?? '');

  const { metadata, spec } = await deployment();
  expect(spec).toEqual(old['spec']);
  expect(listAt({ metadata }, 'metadata', 'managedFields').map(({ manager }) => manager)).not.toContain(
    'helm',
  );
  expect(await pods.upToDate()).toEqual(before);
});

test('the API server takes our manifests over those of Helm, and no pod ends before its successor is ready', async () => {
  const before = await pods.upToDate();
  pods.forgetFewest();

  await release.run(STEPS[1] ?? '');

  await eventually(async () => {
    expect(isDone(await deployment())).toBe(true);
    expect(pods.ready).toHaveLength(PODS);
    expect(pods.ready.filter((name) => before.includes(name))).toEqual([]);
  });
  expect(pods.fewest).toBe(PODS);
});

test('it is the same Deployment, with the same name, selector and container', async () => {
  const now = await deployment();

  expect(textAt(now, 'metadata', 'uid')).toBe(textAt(old, 'metadata', 'uid'));
  expect(at(now, 'spec', 'selector')).toEqual(at(old, 'spec', 'selector'));
  expect(listAt(now, 'spec', 'template', 'spec', 'containers').map(({ name }) => name)).toEqual(['web']);
});

test('each live object has the fields of its manifest, and nothing of Helm', async () => {
  const objects = await new LiveObjects(plane.api).allOf(manifests);

  expect(manifests.flatMap((manifest, i) => differences(manifest, objects[i]))).toEqual([]);
  for (const object of objects) {
    const { managedFields: _, ...metadata } = mapAt(object, 'metadata');
    expect(JSON.stringify({ ...object, metadata })).not.toMatch(/helm/i);
  }
});

test('a variable that is removed later is gone: no field has another owner', async () => {
  const { LOG_LEVEL: _, ...env } = values.env;
  await writeManifests({ ...values, env });

  await release.run(STEPS[1] ?? '');

  const [container] = listAt(await deployment(), 'spec', 'template', 'spec', 'containers');
  expect(listAt(container, 'env').map(({ name }) => name)).toEqual(['METRICS_START_PORT', 'WEB_CONCURRENCY']);
});

test('Helm forgets the release, and the objects stay', async () => {
  expect(await release.releases()).toEqual(['shop']);

  await release.run(STEPS[2] ?? '');

  expect(await release.releases()).toEqual([]);
  await expect(new LiveObjects(plane.api).allOf(manifests)).resolves.toHaveLength(manifests.length);
});

/** Writes the manifests of values where the page has them. */
async function writeManifests(of: object): Promise<readonly Manifest[]> {
  const set = await synthesized(NAME, of);
  mkdirSync(path.join(release.folder, 'dist'), { recursive: true });
  writeFileSync(path.join(release.folder, `dist/${NAME}.k8s.yaml`), toYaml(set.manifests));
  return set.manifests;
}

/** Whether the Deployment controller has replaced all pods. */
function isDone({ metadata, spec, status }: Manifest): boolean {
  const { observedGeneration, updatedReplicas, availableReplicas, replicas } = mapAt({ status }, 'status');
  const wanted = at(spec, 'replicas');
  return (
    observedGeneration === at(metadata, 'generation') &&
    [updatedReplicas, availableReplicas, replicas].every((number) => number === wanted)
  );
}
