import { afterwards, type DiagnosticCase, type FineCase } from '../one-change.js';

const NAME_1035 =
  'a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 63 characters)';
const DNS_LABEL =
  'a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters)';
const SUBDOMAIN =
  'a DNS subdomain (lowercase letters, digits, "-" and ".", a letter or digit at both ends, at most 253 characters)';
const LABEL_VALUE =
  'a label value (letters, digits, "-", "_" and ".", a letter or digit at both ends, at most 63 characters)';

test.each<DiagnosticCase>([
  [
    'a Service name that begins with a digit',
    ({ service }) => (service.metadata.name = '1shop'),
    `Service default/1shop: metadata.name: expected ${NAME_1035}, got "1shop"`,
  ],
  [
    'a Deployment name with a capital',
    ({ deployment }) => (deployment.metadata.name = 'Shop'),
    `Deployment default/Shop: metadata.name: expected ${SUBDOMAIN}, got "Shop"`,
  ],
  [
    'a document that is no object',
    ({ all }) => all.push({ global: {}, route: {} }),
    'a document with global, route: is not a Kubernetes object: apiVersion, kind and metadata are missing; name manifests, not values: worker-metrics synth -o - | worker-metrics trace -',
  ],
  [
    'no name',
    ({ monitor }) => delete monitor.metadata.name,
    `ServiceMonitor default/?: metadata.name: missing; expected ${SUBDOMAIN}`,
  ],
  [
    'a namespace with a dot',
    ({ all }) => all.push(configMap('a.b')),
    `ConfigMap a.b/a: metadata.namespace: expected ${DNS_LABEL}, got "a.b"`,
  ],
  [
    'a label value with a space',
    ({ deployment }) => (deployment.metadata.labels.team = 'the a team'),
    `Deployment default/shop: metadata.labels["team"]: expected ${LABEL_VALUE}, got "the a team"`,
  ],
  [
    'a label key with a space',
    ({ monitor }) => (monitor.metadata.labels['my team'] = 'a'),
    'ServiceMonitor default/shop: metadata.labels["my team"]: expected a label key (a name of at most 63 letters, digits, "-", "_" and ".", with or without a DNS prefix and "/"), got "my team"',
  ],
  [
    'no apiVersion',
    ({ deployment }) => delete deployment.apiVersion,
    'Deployment default/shop: apiVersion: missing; expected a version such as v1 or apps/v1',
  ],
  [
    'no kind',
    ({ all }) => all.push({ apiVersion: 'v1', metadata: { name: 'a' } }),
    'object default/a: kind: missing; expected a kind such as Service',
  ],
])('%s is found, and nothing else', (_, change, ...found) => {
  expect(afterwards(change)).toEqual(found);
});

test.each<FineCase>([
  ['an empty namespace, as none', ({ all }) => all.push(configMap(''))],
  ['a namespace that is null', ({ all }) => all.push(configMap(null))],
  ['an empty label value', ({ deployment }) => (deployment.metadata.labels.team = '')],
])('%s is fine', (_, change) => {
  expect(afterwards(change)).toEqual([]);
});

function configMap(namespace: string | null) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace } };
}
