import { itemsOf } from '../../src/checks/contained-objects.js';

const template = (objects: object[], parameters: object[] = [], more: object = {}) => ({
  apiVersion: 'template.openshift.io/v1',
  kind: 'Template',
  metadata: { name: 'store' },
  objects,
  parameters,
  ...more,
});

test('the objects of an OpenShift Template have the values of its parameters', () => {
  const objects = [
    {
      kind: 'Service',
      metadata: { name: '${NAME}-web' },
      spec: { ports: [{ port: '${{PORT}}', name: '${UNSET}' }] },
    },
  ];
  const parameters = [{ name: 'NAME', value: 'shop' }, { name: 'PORT', value: '8001' }, { name: 'UNSET' }];
  expect(itemsOf(template(objects, parameters))).toEqual([
    { kind: 'Service', metadata: { name: 'shop-web' }, spec: { ports: [{ port: 8001, name: '${UNSET}' }] } },
  ]);
});

test('the objects of an OpenShift Template have its labels, over their own', () => {
  const object = { kind: 'Service', metadata: { name: 'a', labels: { app: 'a', tier: 'b' } } };
  expect(
    itemsOf(template([object], [{ name: 'APP', value: 'shop' }], { labels: { app: '${APP}' } })),
  ).toEqual([{ kind: 'Service', metadata: { name: 'a', labels: { app: 'shop', tier: 'b' } } }]);
});

test('lists in a Template, and a Template in a list, are opened', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [{ kind: 'A' }, template([{ kind: 'B' }])] };
  expect(itemsOf(template([list])).map(({ kind }) => kind)).toEqual(['A', 'B']);
});

test('a Template of others is an object', () => {
  const other = { apiVersion: 'templates.example.com/v1', kind: 'Template', objects: [{ kind: 'A' }] };
  expect(itemsOf(other)).toEqual([other]);
});
