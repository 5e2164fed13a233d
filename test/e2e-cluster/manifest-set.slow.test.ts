import { setsOfEveryKey } from './manifest-set.js';

test('the examples of all keys give manifests that our checks accept, before a cluster judges them', async () => {
  const sets = await setsOfEveryKey();
  expect(sets.length).toBeGreaterThan(200);
});
