import { nameOf } from '../../../src/kubernetes/manifest.js';
import { afterwards, type DiagnosticCase, type FineCase } from '../one-change.js';

test.each<DiagnosticCase>([
  [
    'an object three times',
    ({ all, service }) => all.push({ ...service }, { ...service }),
    'Service default/shop: another object has the same kind, namespace and name; one overwrites the other',
  ],
  [
    'an object twice, once with its namespace spelt out, in two versions of its API group',
    ({ all }) => {
      const metadata = { name: 'a' };
      all.push({ apiVersion: 'batch/v1', kind: 'X', metadata });
      all.push({ apiVersion: 'batch/v1beta1', kind: 'X', metadata: { ...metadata, namespace: 'default' } });
    },
    'X default/a: another object has the same kind, namespace and name; one overwrites the other',
  ],
  [
    'an object twice that belongs to no namespace',
    ({ all }) => {
      const high = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' } };
      all.push(high, { ...high, metadata: { name: 'high', namespace: 'shop' } });
    },
    'PriorityClass high: another object has the same kind and name; one overwrites the other',
  ],
])('%s is found, and nothing else', (_, change, ...found) => {
  expect(afterwards(change)).toEqual(found);
});

test.each<FineCase>([
  ['an object of one name in two namespaces', ({ all }) => all.push(configMap('a'), configMap('b'))],
  [
    'an object of one name in two API groups',
    ({ all }) => all.push(ingress('ingress.example.com/v1'), ingress('networking.k8s.io/v1')),
  ],
])('%s is fine', (_, change) => {
  expect(afterwards(change)).toEqual([]);
});

test.each([
  ['CustomResourceDefinition', 'apiextensions.k8s.io/v1'],
  ['ClusterRole', 'rbac.authorization.k8s.io/v1'],
  ['ValidatingAdmissionPolicy', 'admissionregistration.k8s.io/v1'],
  ['Namespace', 'v1'],
  ['PersistentVolume', 'v1'],
  ['IngressClass', 'networking.k8s.io/v1'],
  ['GatewayClass', 'gateway.networking.k8s.io/v1'],
  ['VolumeSnapshotClass', 'snapshot.storage.k8s.io/v1'],
  ['ClusterIssuer', 'cert-manager.io/v1'],
  ['ClusterVersion', 'config.openshift.io/v1'],
])('a %s is named without a namespace', (kind, apiVersion) => {
  expect(nameOf({ apiVersion, kind, metadata: { name: 'a' } })).toBe(`${kind} a`);
});

test('a kind of another API group keeps its namespace', () => {
  expect(nameOf({ apiVersion: 'longhorn.io/v1beta2', kind: 'Node', metadata: { name: 'a' } })).toBe(
    'Node default/a',
  );
});

test('the last of several objects with one name is the one that is followed', () => {
  const found = afterwards(({ all, service }) =>
    all.push({ ...service, metadata: { ...service.metadata, labels: {} } }),
  );
  expect(found).toContain(
    'ServiceMonitor default/shop: spec.selector: no Service in namespace default with the labels app.kubernetes.io/name=shop',
  );
});

function configMap(namespace: string) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace } };
}

function ingress(apiVersion: string) {
  return { apiVersion, kind: 'Ingress', metadata: { name: 'a' } };
}
