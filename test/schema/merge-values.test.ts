import * as fc from 'fast-check';
import { mergeValues } from '../../src/schema/merge-values.js';
import { workerAppSchema } from '../../src/worker-app/check-worker-app.js';

const merged = (base: unknown, given: unknown) => mergeValues(workerAppSchema, base, given);

describe('the values of an environment over those of the base', () => {
  test.each([
    ['a key that only one of them has is kept', { workers: 2 }, { replicas: 3 }, { workers: 2, replicas: 3 }],
    ['a scalar replaces', { workers: 2 }, { workers: 3 }, { workers: 3 }],
    ['maps merge', { http: { port: 1, servicePort: 2 } }, { http: { port: 3 } }, { http: { port: 3, servicePort: 2 } }],
    ['null removes', { http: { port: 1, healthPath: '/' } }, { http: { healthPath: null } }, { http: { port: 1 } }],
    ['null removes a whole map', { http: { port: 1 } }, { http: null }, {}],
    ['null for what the base does not say removes nothing', {}, { http: { healthPath: null } }, { http: {} }],
    ['null stays where it is a value', { runAsUser: 7 }, { runAsUser: null }, { runAsUser: null }],
    ['null stays in resources', { resources: { limits: { memory: '1Gi' } } }, { resources: { limits: { memory: null } } }, { resources: { limits: { memory: null } } }],
    ['null removes an environment variable', { env: { A: '1', B: '2' } }, { env: { A: null } }, { env: { B: '2' } }],
    ['null under an unknown key stays, to be refused', {}, { wokers: null }, { wokers: null }],
    ['one form of a value merges', { env: { A: { secret: 'a', key: 'k' } } }, { env: { A: { secret: 'b' } } }, { env: { A: { secret: 'b', key: 'k' } } }],
    ['another form of a value replaces', { env: { A: { secret: 'a', key: 'k' } } }, { env: { A: { configMap: 'b', key: 'c' } } }, { env: { A: { configMap: 'b', key: 'c' } } }],
    ['text replaces a map', { env: { A: { secret: 'a', key: 'k' } } }, { env: { A: 'text' } }, { env: { A: 'text' } }],
    ['a map replaces text', { env: { A: 'text' } }, { env: { A: { secret: 'a', key: 'k' } } }, { env: { A: { secret: 'a', key: 'k' } } }],
  ])('%s', (_, base, given, expected) => {
    expect(merged(base, given)).toEqual(expected);
  }); // prettier-ignore

  test('a list replaces a list', () => {
    expect(mergeValues(undefined, { a: [1, 2, 3] }, { a: [4] })).toEqual({ a: [4] });
  });

  test('keys that JavaScript gives a meaning are keys like others', () => {
    const given = JSON.parse('{"env":{"__proto__":"x","constructor":"y"}}') as unknown;
    expect(JSON.stringify(merged({ env: {} }, given))).toBe('{"env":{"__proto__":"x","constructor":"y"}}');
  });
});

describe('for all values', () => {
  const tree = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.string(), fc.array(fc.integer(), { maxLength: 2 }), tie('map')),
    map: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'http', 'env', 'workers'), tie('value'), { maxKeys: 4 }),
  })).map; // prettier-ignore

  test('an environment that says nothing changes nothing', () => {
    fc.assert(fc.property(tree, (base) => expect(merged(base, {})).toEqual(base)));
  });

  test('a value of the environment replaces any value of the base', () => {
    fc.assert(
      fc.property(tree, tree, (base, given) => {
        expect(leaves(merged(base, given))).toEqual(expect.arrayContaining(leaves(given)));
      }),
    );
  });

  test('to say it twice is to say it once', () => {
    fc.assert(
      fc.property(tree, tree, (base, given) => {
        const once = merged(base, given);
        expect(merged(once, given)).toEqual(once);
      }),
    );
  });

  test('neither of the two is changed', () => {
    fc.assert(
      fc.property(tree, tree, (base, given) => {
        const before = JSON.stringify([base, given]);
        merged(base, given);
        expect(JSON.stringify([base, given])).toBe(before);
      }),
    );
  });
});

function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}
