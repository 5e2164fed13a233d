import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ALERTMANAGER_0_28 } from '../../scripts/cluster-programs/go-modules.js';
import { loadOperatorModels } from '../../src/alertmanager/operator-models.js';
import {
  at,
  isMap,
  listAt,
  nameOf,
  namespaceOf,
  textAt,
  type Manifest,
} from '../../src/kubernetes/manifest.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { eventually } from '../e2e/cluster/eventually.js';
import { run } from '../e2e/cluster/program.js';
import { config } from './broken-objects.js';
import { builtProgram } from './cluster/built-program.js';
import { CertificateAuthority } from './cluster/certificates.js';
import { MonitoredCluster } from './cluster/monitored-cluster.js';
import { addNamespace } from './cluster/prepare.js';
import { EVERY_RECEIVER } from './every-receiver.js';
import {
  committedSet,
  setsOfEveryKey,
  synthesized,
  withoutRepeated,
  type ManifestSet,
} from './manifest-set.js';

/** The one with every kind of receiver has the version of Alertmanager that the node has. */
const EVERYTHING = {
  kind: 'AlertmanagerCluster',
  name: 'everything',
  namespace: 'everything',
  form: 'operator',
  image: 'quay.io/prometheus/alertmanager:v0.28.1',
  peers: 2,
  alertmanagerConfig: EVERY_RECEIVER,
};

let cluster: MonitoredCluster;
let folder: string;
let alertmanagers: Manifest[];
let configs: Manifest[];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'operated-'));
  cluster = await MonitoredCluster.start();
  await loadOperatorModels();
  const operated = ({ manifests }: ManifestSet) =>
    manifests.some(({ kind }) => kind === 'AlertmanagerConfig') ? manifests : [];
  const manifests = [
    ...withoutRepeated([committedSet('examples/alertmanager-cluster/dist'), ...(await setsOfEveryKey())]),
    await synthesized('everything', EVERYTHING),
  ].flatMap(operated);
  configs = manifests.filter(({ kind }) => kind === 'AlertmanagerConfig');
  alertmanagers = manifests.filter(({ kind }) => kind === 'Alertmanager');
  for (const namespace of new Set(manifests.map(namespaceOf)))
    await addNamespace(cluster.plane, namespace, 'restricted');
  await addSecrets();
  // The operator reports an Alertmanager without its configuration as an error.
  await apply(configs);
  await apply(manifests);
});

afterAll(async () => {
  await cluster?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('the operator takes every AlertmanagerConfig', async () => {
  expect(configs.length).toBeGreaterThan(1);
  for (const alertmanager of alertmanagers) await reconciled(alertmanager);

  const events = await cluster.plane.api.list('/api/v1/events');
  const warnings = events.filter(({ type, source }) => type === 'Warning' && isOfOperator(source));
  expect(warnings.map(({ message }) => message)).toEqual([]);
  const problems = (await cluster.operatorLog()).filter((line) => /level=(warn|error)/.test(line));
  // It says this of each new Alertmanager.
  const others = problems.filter((line) => !line.includes("the statefulset couldn't be found"));
  expect(others.filter((line) => line.includes('alertmanager'))).toEqual([]);
});

test('amtool accepts the configuration that the operator generates, with every receiver', async () => {
  for (const alertmanager of alertmanagers) {
    const own = configs.find((one) => namespaceOf(one) === namespaceOf(alertmanager));
    const text = await generated(alertmanager);

    expect(amtool(text)).toContain('SUCCESS');
    for (const { name } of listAt(own, 'spec', 'receivers')) expect(text).toContain(String(name));
  }
});

test('a configuration that our check refuses, and the operator does not, is refused by amtool', async () => {
  const broken = config({
    inhibitRules: [{ sourceMatch: [{ name: 'a', value: '(', matchType: '=~' }], targetMatch: [] }],
  });
  const alertmanager = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Alertmanager',
    metadata: { name: 'own', namespace: 'default' },
    spec: { replicas: 0, version: 'v0.28.1', alertmanagerConfiguration: { name: 'own' } },
  };
  await apply([broken, alertmanager]);
  await reconciled(alertmanager);

  const text = await generated(alertmanager);

  expect(() => amtool(text)).toThrow('missing closing )');
});

test('the Alertmanagers of the operator find each other, and use the configuration', async () => {
  for (const i of [0, 1]) await cluster.ready('everything', `alertmanager-everything-${i}`);
  for (const i of [0, 1]) {
    const { facts } = cluster.node.pod('everything', `alertmanager-everything-${i}`);
    await eventually(async () => {
      const response = await fetch(`http://${facts.address}:9093/api/v2/status`);
      const status = (await response.json()) as {
        config: { original: string };
        cluster: { peers: object[] };
      };
      expect(status.cluster.peers).toHaveLength(2);
      expect(status.config.original).toContain('hook.example.com');
    });
  }
});

test('promtool accepts the configuration and the rules that the operator generates', async () => {
  const application = {
    name: 'web',
    namespace: 'everything',
    image: 'example.com/web:v1',
    workers: 3,
    alerts: true,
  };
  const { manifests } = await synthesized('web', application);
  await apply(manifests);
  const prometheus = await cluster.addPrometheus('checked', 'EndpointSlice');
  await eventually(async () => expect((await prometheus.rules()).length).toBeGreaterThan(0));
  const container = cluster.node.pod('default', 'prometheus-checked-0').container('prometheus');

  const checked = await container.output([
    '/bin/promtool',
    'check',
    'config',
    '/etc/prometheus/config_out/prometheus.env.yaml',
  ]);

  // It checks the rules, too.
  expect(checked).toMatch(/SUCCESS: [0-9]+ rules found/);
  expect(checked).not.toContain('FAILED');
});

/** Waits until the operator has made the objects of an Alertmanager without a problem. */
async function reconciled(alertmanager: Manifest): Promise<void> {
  await eventually(async () => {
    const path = `/apis/monitoring.coreos.com/v1/namespaces/${namespaceOf(alertmanager)}/alertmanagers`;
    const live = await cluster.plane.api.get(`${path}/${textAt(alertmanager, 'metadata', 'name')}`);
    const conditions = listAt(live, 'status', 'conditions');
    const { status, message } = conditions.find(({ type }) => type === 'Reconciled') ?? {};
    if (status !== 'True') throw new Error(`${nameOf(alertmanager)}: ${String(message)}`);
  });
}

/** The configuration that the operator generates for an Alertmanager. */
async function generated(alertmanager: Manifest): Promise<string> {
  const name = `alertmanager-${textAt(alertmanager, 'metadata', 'name')}-generated`;
  const secret = await cluster.plane.api.get(
    `/api/v1/namespaces/${namespaceOf(alertmanager)}/secrets/${name}`,
  );
  const packed = textAt(secret, 'data', 'alertmanager.yaml.gz') ?? '';
  return gunzipSync(Buffer.from(packed, 'base64')).toString();
}

function amtool(text: string): string {
  const file = path.join(folder, 'alertmanager.yaml');
  writeFileSync(file, text);
  return run(builtProgram(ALERTMANAGER_0_28, 'amtool'), ['check-config', file]);
}

async function apply(manifests: readonly Manifest[]): Promise<void> {
  const file = path.join(folder, 'manifests.yaml');
  writeFileSync(file, toYaml(manifests));
  await cluster.plane.kubectl.succeed('apply', '--server-side', '--filename', file);
}

/** Adds the Secrets to which the configurations refer. A URL is valid wherever a text is. */
async function addSecrets(): Promise<void> {
  const { certificate } = new CertificateAuthority(path.join(folder, 'authority'));
  const secrets = new Map<string, Manifest>();
  for (const object of configs)
    for (const { name, key } of references(object)) {
      const id = `${namespaceOf(object)}/${name}`;
      const value = key === 'ca' ? certificate : 'https://hooks.example.com/hook';
      const { stringData = {} } = secrets.get(id) ?? {};
      secrets.set(id, {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name, namespace: namespaceOf(object) },
        stringData: { ...(stringData as object), [key]: value },
      });
    }
  await apply([...secrets.values()]);
}

function references(value: unknown): { name: string; key: string }[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isMap(value)) return [];
  const [name, key] = [textAt(value, 'name'), textAt(value, 'key')];
  if (name !== undefined && key !== undefined) return [{ name, key }];
  return Object.values(value).flatMap(references);
}

function isOfOperator(source: unknown): boolean {
  return String(at(source, 'component')).includes('operator');
}
