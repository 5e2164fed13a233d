import { LabelIndex } from '../../../src/checks/cluster/label-index.js';
import { labelSelector } from '../../../src/checks/cluster/label-selector.js';

test('a selector of a label that all items share and of one that is rare compares the rare items only', () => {
  const items = Array.from({ length: 500 }, (_, i) => ({ instance: 'shop', name: `app-${i}` }));
  let compared = 0;
  const index = new LabelIndex(
    items,
    () => 'shop',
    (item) => {
      compared += 1;
      return item;
    },
  );
  compared = 0;
  const selector = labelSelector({ matchLabels: { instance: 'shop', name: 'app-7' } });
  expect(index.select(['shop'], selector)).toEqual([items[7]]);
  expect(compared).toBe(1);
  expect(index.select(['shop'], labelSelector({ matchLabels: { instance: 'shop', name: 'none' } }))).toEqual(
    [],
  );
  expect(index.select(undefined, labelSelector({}))).toHaveLength(500);
});
