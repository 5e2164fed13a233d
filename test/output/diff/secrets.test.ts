import { objectChanges } from '../../../src/output/diff/object-changes.js';

test('the data of a Secret, and variables with the name of a secret, are hidden', () => {
  const metadata = { name: 'shop', namespace: 'shop' };
  const secret = (data: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata, data });
  const pod = (...env: object[]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { containers: [{ name: 'app', env }] },
  });
  const changes = objectChanges(
    [secret({ a: 'b2xk' }), pod({ name: 'API_TOKEN', value: 'old' }, { name: 'DB', value: 'a://b:old@c' })],
    [
      secret({ a: 'bmV3', b: 'bmV3' }),
      pod(
        { name: 'API_TOKEN', value: 'new' },
        { name: 'DB', value: 'a://b:new@c' },
        { name: 'KEY', value: 'new' },
      ),
    ],
  );
  expect(changes.map(({ fields }) => fields.map(({ before, after }) => [before, after]))).toEqual([
    [
      ['***', '***'],
      [undefined, '***'],
    ],
    [
      ['***', '***'],
      ['a://b:***@c', 'a://b:***@c'],
      [undefined, { name: 'KEY', value: '***' }],
    ],
  ]);
  expect(JSON.stringify(changes)).not.toMatch(/old|new|b2xk|bmV3/);
});
