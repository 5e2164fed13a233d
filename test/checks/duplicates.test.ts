import { afterwards, type FindingCase, type FineCase } from './one-change.js';

test.each<FindingCase>([
  [
    'an object twice',
    ({ all, service }) => all.push({ ...service, metadata: { ...service.metadata, labels: {} } }),
    'Service default/shop: there is another object of this kind, namespace and name; one would overwrite the other',
  ],
  [
    'an object twice, once with its namespace spelt out, in two versions of its API group',
    ({ all }) => {
      const metadata = { name: 'a' };
      all.push({ apiVersion: 'batch/v1', kind: 'X', metadata });
      all.push({ apiVersion: 'batch/v1beta1', kind: 'X', metadata: { ...metadata, namespace: 'default' } });
    },
    'X default/a: there is another object of this kind, namespace and name; one would overwrite the other',
  ],
])('%s is found, and nothing else', (_, change, ...found) => {
  expect(afterwards(change)).toEqual(found);
});

test.each<FineCase>([
  ['an object of one name in two namespaces', ({ all }) => all.push(configMap('a'), configMap('b'))],
  [
    'an object of one name in two API groups',
    ({ all }) => all.push(ingress('extensions/v1beta1'), ingress('networking.k8s.io/v1')),
  ],
])('%s is fine', (_, change) => {
  expect(afterwards(change)).toEqual([]);
});

function configMap(namespace: string) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace } };
}

function ingress(apiVersion: string) {
  return { apiVersion, kind: 'Ingress', metadata: { name: 'a' } };
}
