import { deployment, Manifests, SERVICE } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const imported = (...objects: object[]) => chart.ofObjects(...objects);

test('a field without a key becomes a patch', () => {
  const service = {
    ...SERVICE,
    spec: { ...SERVICE.spec, clusterIP: 'None', ports: [{ ...SERVICE.spec.ports[0], appProtocol: 'http' }] },
  };

  const { values, losses } = imported(
    deployment({}, {}, { annotations: { 'example.com/owner': 'a' } }),
    service,
  );

  expect(values['patches']).toEqual([
    {
      target: { kind: 'Deployment', name: 'prod-shop' },
      merge: { metadata: { annotations: { 'example.com/owner': 'a' } } },
    },
    { target: { kind: 'Service', name: 'prod-shop' }, merge: { spec: { clusterIP: 'None' } } },
    {
      target: { kind: 'Service', name: 'prod-shop' },
      json: [
        { op: 'test', path: '/spec/ports/0/name', value: 'http' },
        { op: 'add', path: '/spec/ports/0/appProtocol', value: 'http' },
      ],
    },
  ]);
  expect(losses).toEqual([]);
});

test('a field that our types do not know becomes a patch', () => {
  const { values, losses } = imported(deployment({ tolerations: [{ key: 'a', newField: 1 }] }), SERVICE);

  expect(values).not.toHaveProperty('tolerations');
  expect(values['patches']).toMatchObject([
    { merge: { spec: { template: { spec: { tolerations: [{ key: 'a', newField: 1 }] } } } } },
  ]);
  expect(losses).toEqual([]);
});

test('other objects are written as they are, without the labels of Helm', () => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'c',
      namespace: 'shop',
      labels: { 'helm.sh/chart': 'shop-1', 'app.kubernetes.io/managed-by': 'Helm', team: 'a' },
    },
    data: { a: 'b' },
  };

  expect(imported(deployment(), SERVICE, config).values['objects']).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', labels: { team: 'a' } }, data: { a: 'b' } },
  ]);
});

test('a Secret with data is not copied, and hooks and tests of Helm are named', () => {
  const hook = (kind: string) => ({ annotations: { 'helm.sh/hook': kind } });
  const {
    text: written,
    losses,
    cosmetic,
  } = imported(
    deployment(),
    SERVICE,
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { password: 'hunter2' } },
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'm', ...hook('pre-upgrade') }, spec: {} },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 't', ...hook('test') }, spec: {} },
  );

  expect(written).not.toContain('hunter2');
  expect(losses).toMatchObject([
    { cost: 'keeps pods from running', place: { object: 'Secret default/s', line: 46 } },
    { cost: 'keeps pods from running', place: { object: 'Job default/m' } },
  ]);
  expect(cosmetic).toContainEqual({
    objects: ['Pod default/t'],
    fields: [],
    reason: 'only helm test runs it, and no application needs it',
  });
});
