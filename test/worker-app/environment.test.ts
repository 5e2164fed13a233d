import { App, Chart } from 'cdk8s';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { WorkerApp } from '../../src/worker-app/worker-app.js';
import { manifests, manifestsOf, type Loose } from '../manifests-of.js';
import { problemsOf, refusalsOf, shop, shopWith } from '../a-worker-app.js';

const entriesOf = (env: object): Loose[] => manifestsOf(shopWith({ env })).container.env.slice(2);

test('a value is text, a key, a field of the pod, or a resource of a container', () => {
  const env = {
    TEXT: 'text',
    SECRET: { secret: 's', key: 'k', optional: true },
    CONFIG: { configMap: 'c', key: 'k', optional: false },
    IP: { field: 'status.podIP' },
    TEAM: { field: "metadata.labels['example.com/team']" },
    MEMORY: { resource: 'limits.memory', divisor: '1Mi', containerName: 'app' },
    CPU: { resource: 'requests.cpu' },
  };
  expect(entriesOf(env)).toEqual([
    { name: 'TEXT', value: 'text' },
    { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
    { name: 'CONFIG', valueFrom: { configMapKeyRef: { name: 'c', key: 'k', optional: false } } },
    { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'TEAM', valueFrom: { fieldRef: { fieldPath: "metadata.labels['example.com/team']" } } },
    {
      name: 'MEMORY',
      valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi', containerName: 'app' } },
    },
    { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'requests.cpu' } } },
  ]);
});

test('the computed variables are first, so that the image reads the number of workers by its own name', () => {
  const { all, container } = manifestsOf(shop({ env: { UWSGI_PROCESSES: '$(WEB_CONCURRENCY)' } }));
  expect(container.env).toEqual([
    { name: 'METRICS_START_PORT', value: '8001' },
    { name: 'WEB_CONCURRENCY', value: '3' },
    { name: 'UWSGI_PROCESSES', value: '$(WEB_CONCURRENCY)' },
  ]);
  expect(checkManifests(all).map(formatDiagnostic)).toEqual([]);
});

test('a variable comes after those that it refers to, of any kind', () => {
  const env = { URL: 'http://$(IP):$(PORT)', PORT: '80', IP: { field: 'status.podIP' } };
  expect(entriesOf(env).map(({ name }) => name)).toEqual(['IP', 'PORT', 'URL']);
});

const VALUE = 'expected text, { secret, key }, { configMap, key }, { field } or { resource }, got';
const FIELDS =
  "metadata.name, metadata.namespace, metadata.uid, spec.nodeName, spec.serviceAccountName, status.hostIP, status.hostIPs, status.podIP, status.podIPs, metadata.labels['KEY'] or metadata.annotations['KEY']";

test.each<[string, object, string]>([
  ["a field in Kubernetes' form", { valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    `env.A: ${VALUE} a map with valueFrom; write { field: status.podIP }`],
  ["a resource in Kubernetes' form", { valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
    `env.A: ${VALUE} a map with valueFrom; write { resource: limits.cpu, divisor: 1m }`],
  ["an optional key in Kubernetes' form", { secretKeyRef: { name: 's', key: 'k', optional: true } },
    `env.A: ${VALUE} a map with secretKeyRef; write { secret: s, key: k, optional: true }`],
  ['a field that Kubernetes gives no variable', { field: 'spec.replicas' },
    `env.A.field: expected ${FIELDS}, got "spec.replicas"`],
  ['all labels, which only a volume contains', { field: 'metadata.labels' },
    `env.A.field: expected ${FIELDS}, got "metadata.labels"; write one of them: metadata.labels['KEY']`],
  ['a field with a typing error', { field: 'status.podIp' },
    `env.A.field: expected ${FIELDS}, got "status.podIp"; did you mean "status.podIP"?`],
  ['another resource', { resource: 'limits.gpu' },
    'env.A.resource: expected limits.cpu, limits.memory, limits.ephemeral-storage, requests.cpu, requests.memory, requests.ephemeral-storage, limits.hugepages-SIZE or requests.hugepages-SIZE, got "limits.gpu"; did you mean "limits.cpu"?'],
  ['a divisor of another resource', { resource: 'limits.cpu', divisor: '1Mi' },
    'env.A.divisor: expected "1" or 1m for limits.cpu, got "1Mi"'],
  ['a divisor in millicores of bytes', { resource: 'limits.memory', divisor: '1m' },
    'env.A.divisor: expected "1" or a unit of bytes, such as 1Mi for limits.memory, got "1m"'],
])('%s is refused', (_, value, problem) => {
  expect(problemsOf(shopWith({ env: { A: value } }))).toEqual([problem]);
}); // prettier-ignore

test('envFrom gives each key of Secrets and ConfigMaps', () => {
  const envFrom = [{ secret: 's' }, { configMap: 'c', prefix: 'APP_', optional: true }];
  const { all, container } = manifestsOf(shop({ envFrom }));
  expect(container.envFrom).toEqual([
    { secretRef: { name: 's' } },
    { prefix: 'APP_', configMapRef: { name: 'c', optional: true } },
  ]);
  expect(checkManifests(all).map(formatDiagnostic)).toEqual([]);
});

test.each<[string, unknown, string]>([
  ["Kubernetes' form", [{ secretRef: { name: 'shop' } }],
    'envFrom[0]: expected { secret } or { configMap }, got a map with secretRef; write { secret: shop }'],
  ["Kubernetes' whole form", [{ prefix: 'A_', configMapRef: { name: 'shop', optional: true } }],
    'envFrom[0]: expected { secret } or { configMap }, got a map with prefix, configMapRef; write { configMap: shop, prefix: A_, optional: true }'],
  ['a name alone', ['shop'], 'envFrom[0]: expected { secret } or { configMap }, got "shop"; write { secret: shop } or { configMap: shop }'],
  ['one map instead of a list', { secret: 'shop' }, 'envFrom: expected a list, got a map with secret; write [{ secret: shop }]'],
  ["one map in Kubernetes' form", { secretRef: { name: 'shop' } }, 'envFrom: expected a list, got a map with secretRef; write [{ secret: shop }]'],
  ['an unknown key', [{ secret: 'shop', key: 'token' }],
    'envFrom[0].key: unknown key; known are secret, prefix, optional'],
])('envFrom: %s is refused with the lines to write', (_, envFrom, problem) => {
  expect(problemsOf(shopWith({ envFrom }))).toEqual([problem]);
}); // prettier-ignore

test('an environment makes a key optional, and replaces a reference by a field', () => {
  const text = `name: shop\nimage: a/shop:v1\nworkers: 3\nenv: { A: { secret: s, key: k }, B: { secret: s, key: k } }
environments:\n  dev: { env: { A: { optional: true }, B: { field: status.podIP } } }\n`;
  expect(refusalsOf(text)).toEqual([]);
});

test.each([
  ['envFrom', { envFrom: [{ configMap: 'features' }] }],
  ['env', { env: { A: { configMap: 'features', key: 'a' } } }],
])('pods restart when a ConfigMap of objects changes that they read by %s', (_, reads) => {
  const hashOf = (data: object) => {
    const objects = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'features' }, data }];
    const chart = new Chart(new App(), 'chart');
    new WorkerApp(chart, 'app', shopWith({ objects, ...reads }));
    const { deployment } = manifests(structuredClone(chart.toJson()) as Loose[]);
    return deployment.spec.template.metadata.annotations['cdk8s-worker-metrics/objects'] as string;
  };
  expect(hashOf({ a: '1' })).toMatch(/^[0-9a-f]{16}$/);
  expect(hashOf({ a: '2' })).not.toBe(hashOf({ a: '1' }));
});
