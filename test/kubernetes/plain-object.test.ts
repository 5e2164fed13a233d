import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { PlainApp, PlainObject } from '../../src/kubernetes/plain-object.js';

const MANIFEST = {
  kind: 'ConfigMap',
  apiVersion: 'v1',
  spec: { b: [{ z: 1, a: null }, [2, 'x']], a: {}, none: null, missing: undefined, list: [] },
  data: { two: 'b', one: 'a' },
  metadata: { namespace: 'shop', name: 'web', labels: { b: 'x', a: 'y' }, annotations: {} },
};

function written(Kind: typeof ApiObject, app: App, change: (object: ApiObject) => void = () => undefined) {
  const object = new Kind(new Chart(app, 'chart', { labels: { of: 'chart' } }), 'object', MANIFEST);
  change(object);
  return JSON.stringify(object.toJson());
}

test.each<[string, (object: ApiObject) => void]>([
  ['nothing else', () => undefined],
  ['a JSON patch', (object) => object.addJsonPatch(JsonPatch.add('/data/three', 'c'))],
  ['another label', ({ metadata }) => metadata.addLabel('c', 'z')],
  ['another annotation', ({ metadata }) => metadata.addAnnotation('c', 'z')],
  ['a finalizer', ({ metadata }) => metadata.addFinalizers('shop.example.com/keep')],
  [
    'an owner',
    ({ metadata }) => metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: '1' }),
  ],
  ['empty fields of metadata', ({ metadata }) => metadata.add('managedFields', [{ b: {}, a: [] }])],
  ['another field of metadata', ({ metadata }) => metadata.add('generateName', 'web-')],
])('a plain object with %s is written as cdk8s writes it', (_, change) => {
  const ofCdk8s = written(ApiObject, new App(), change);
  expect(written(PlainObject, new PlainApp(), change)).toBe(ofCdk8s);
  expect(written(PlainObject, new App(), change)).toBe(ofCdk8s);
});

test.each([2, 3, 50, 51, 300])('%d keys are written in the order of cdk8s', (count) => {
  const keys = Array.from({ length: count }, (_, i) => `${'zaZé_0'.charAt(i % 6)}${(i * 7919) % 1000}`);
  const manifest = { ...MANIFEST, data: Object.fromEntries(keys.map((key) => [key, 'x'])) };
  const [ours, ofCdk8s] = [
    new PlainObject(new Chart(new PlainApp(), 'chart'), 'object', manifest),
    new ApiObject(new Chart(new App(), 'chart'), 'object', manifest),
  ];
  expect(JSON.stringify(ours.toJson())).toBe(JSON.stringify(ofCdk8s.toJson()));
});

test('tokens are resolved in the App of a user', () => {
  const object = new PlainObject(new Chart(new App(), 'chart'), 'object', {
    ...MANIFEST,
    data: { one: Lazy.any({ produce: () => 'resolved' }) },
  });
  expect(object.toJson()).toMatchObject({ data: { one: 'resolved' } });
});
