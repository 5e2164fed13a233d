import fc from 'fast-check';
import { mergeShapes } from '../../src/kubernetes-shapes/merge-shapes.js';
import { runs } from '../runs.js';

test.each([
  ['maps merge', { a: { b: 1 } }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
  ['lists replace', { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ['null removes', { a: 1, b: { c: 2 } }, { a: null, b: { c: null } }, { b: {} }],
  [
    'another handler replaces',
    { httpGet: { port: 1 }, periodSeconds: 5 },
    { exec: { command: ['a'] } },
    { exec: { command: ['a'] }, periodSeconds: 5 },
  ],
  [
    'another volume source replaces',
    { name: 'a', emptyDir: {} },
    { configMap: { name: 'b' } },
    { name: 'a', configMap: { name: 'b' } },
  ],
  [
    'Recreate has no rolling update',
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    { type: 'Recreate' },
    { type: 'Recreate' },
  ],
  [
    'a rolling update is no Recreate',
    { type: 'Recreate' },
    { rollingUpdate: { maxSurge: 1 } },
    { rollingUpdate: { maxSurge: 1 } },
  ],
  [
    'a part of the same handler merges',
    { httpGet: { port: 1, path: '/' } },
    { httpGet: { port: 2 } },
    { httpGet: { port: 2, path: '/' } },
  ],
])('%s', (_, under, over, merged) => {
  expect(mergeShapes(under, over)).toEqual(merged);
});

test('null is kept for a later merge, and then removes', () => {
  const environment = mergeShapes({ a: 1 }, { a: null }, true);
  expect(environment).toEqual({ a: null });
  expect(mergeShapes({ a: 'ours', b: 2 }, environment)).toEqual({ b: 2 });
});

test('every value that is given is in the merged value', () => {
  const anyMap = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,3}$/),
    fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer())),
  );
  fc.assert(
    fc.property(anyMap, anyMap, (under, over) => {
      expect(mergeShapes({ map: under }, { map: over })).toEqual({ map: { ...under, ...over } });
    }),
    { numRuns: runs(100) },
  );
});

test('a key __proto__ stays a key, which validation then refuses', () => {
  const given: unknown = JSON.parse('{"limits":{"__proto__":{"cpu":1}}}');
  expect(JSON.stringify(mergeShapes({ limits: {} }, given, true))).toBe('{"limits":{"__proto__":{"cpu":1}}}');
});
