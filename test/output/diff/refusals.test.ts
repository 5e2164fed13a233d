import { objectChanges } from '../../../src/output/diff/object-changes.js';
import { JUDGED_CHANGES, type JudgedChange } from './judged-changes.js';

const warningsOf = ({ before, after }: JudgedChange) => {
  const [change] = objectChanges([named(before)], [named(after)]);
  return (change?.warnings ?? []).filter(({ effect }) => effect === 'refused').map(({ message }) => message);
};
const named = (manifest: JudgedChange['before']) => ({ ...manifest, metadata: { name: 'web' } });
const refused = JUDGED_CHANGES.filter((change) => change.refused !== undefined);
const taken = JUDGED_CHANGES.filter((change) => change.refused === undefined);

test.each(refused)('diff warns of a change that the API server refuses: $name', (change) => {
  expect(warningsOf(change)).toEqual([expect.stringContaining(` ${change.refused}`)]);
});

test.each(taken)('diff does not warn of a change that it takes: $name', (change) => {
  expect(warningsOf(change)).toEqual([]);
});
