import { deliveryManifests } from '../../src/delivery/delivery.js';
import { DELIVERY_KEYS } from '../../src/delivery/delivery-keys.js';
import { resolveKeys } from '../../src/schema/object-of-keys.js';
import { testEveryKey } from '../schema/key-samples.js';
import { DELIVERY } from '../schema/kinds-under-test.js';

const paths = testEveryKey({
  ...DELIVERY,
  manifests: (delivery) =>
    JSON.stringify(
      deliveryManifests(resolveKeys(DELIVERY_KEYS, delivery, {}), { name: 'web', namespace: 'default' }),
    ),
});

test('no key is forgotten', () => {
  expect(paths).toEqual(expect.arrayContaining(['argocd.wave', 'flux.dependsOn']));
});
