import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { workerMetrics } from '../run-command.js';
import { ControlPlane } from './cluster/control-plane.js';
import { addCustomResources, addNamespace } from './cluster/prepare.js';
import { synthesized } from './manifest-set.js';

// No network plugin enforces policies here: they are applied, read back, and judged by our own `trace`.

const NAMESPACE = 'shop';
const KINDS = 'deployments,services,servicemonitors,networkpolicies';

let plane: ControlPlane;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'network-policies-'));
  plane = await ControlPlane.start();
  await addCustomResources(plane);
  await addNamespace(plane, NAMESPACE, 'restricted');
  const { manifests } = await synthesized('web', {
    name: 'web',
    namespace: NAMESPACE,
    image: 'example.com/web:v1',
    workers: 3,
    networkPolicy: true,
  });
  await apply(manifests);
});

afterAll(async () => {
  await plane?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('our policy admits every scrape: trace of the live objects finds nothing', async () => {
  expect(await trace()).toEqual({ exitCode: 0, problems: '' });
});

test('another policy changes nothing: policies only add to each other', async () => {
  await apply([policy('deny-all', {})]);

  expect(await trace()).toEqual({ exitCode: 0, problems: '' });
});

test('without ours, the policy that blocks the scrapes is named', async () => {
  await plane.kubectl.succeed('delete', 'networkpolicy', 'web', `--namespace=${NAMESPACE}`);

  const { exitCode, problems } = await trace();

  expect(exitCode).toBe(1);
  for (const port of ['metrics-1 (8001)', 'metrics-2 (8002)', 'metrics-3 (8003)'])
    expect(problems).toContain(`Prometheus cannot reach ${port} for ServiceMonitor shop/web`);
  expect(problems).toContain('NetworkPolicy shop/deny-all');
});

test('a policy that admits one port of three blocks the other two', async () => {
  await apply([policy('first', { ingress: [{ ports: [{ port: 8001 }] }] })]);

  const { problems } = await trace();

  expect(problems).not.toContain('metrics-1 (8001)');
  expect(problems).toContain('cannot reach metrics-2 (8002)');
});

test('a policy for other pods changes nothing', async () => {
  await plane.kubectl.succeed('delete', 'networkpolicy', '--all', `--namespace=${NAMESPACE}`);
  await apply([policy('others', { podSelector: { matchLabels: { app: 'other' } } })]);

  expect(await trace()).toEqual({ exitCode: 0, problems: '' });
});

function policy(name: string, spec: object) {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: NAMESPACE },
    spec: { podSelector: {}, policyTypes: ['Ingress'], ...spec },
  };
}

async function apply(manifests: readonly Manifest[]): Promise<void> {
  const file = path.join(folder, 'manifests.yaml');
  writeFileSync(file, toYaml(manifests));
  await plane.kubectl.succeed('apply', '--server-side', '--filename', file);
}

/** Traces the live objects, as `kubectl get` prints them. */
async function trace(): Promise<{ exitCode: number | null; problems: string }> {
  const file = path.join(folder, 'live.yaml');
  writeFileSync(file, await plane.kubectl.succeed('get', KINDS, `--namespace=${NAMESPACE}`, '--output=yaml'));
  const { exitCode, stdout, stderr } = workerMetrics(['trace', file]);
  const lines = `${stdout}\n${stderr}`.split('\n');
  return { exitCode, problems: lines.filter((line) => /error|warning|NetworkPolic/.test(line)).join('\n') };
}
