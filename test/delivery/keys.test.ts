import { deliveryManifests } from '../../src/delivery/delivery.js';
import { DELIVERY_KEYS } from '../../src/delivery/delivery-keys.js';
import { resolveKeys } from '../../src/schema/key.js';
import { testEveryKey } from '../schema/key-samples.js';

const paths = testEveryKey({
  keys: DELIVERY_KEYS,
  base: {},
  field: 'delivery.',
  document: (delivery) => ({ name: 'web', image: 'example.com/web:v1', workers: 2, delivery }),
  manifests: (delivery) =>
    JSON.stringify(
      deliveryManifests(resolveKeys(DELIVERY_KEYS, delivery, {}), { name: 'web', namespace: 'default' }),
    ),
});

test('no key is forgotten', () => {
  expect(paths).toEqual(expect.arrayContaining(['argocd.wave', 'flux.dependsOn']));
});
