import fc from 'fast-check';
import { refusalsOf } from '../a-worker-app.js';
import { anyCodePoint } from '../any-code-point.js';
import { runs } from '../runs.js';

const SHOP = 'name: shop\nimage: example/shop\nworkers: 5\n';

test.each([
  [
    'an alias bomb',
    bomb(),
    /^values\/shop\.yaml:2:[0-9]+: aliases \(\*\) stand for more than 10000 collections; write the values out$/,
  ],
  [
    'more aliases than anyone needs',
    `a: &a 1\nb: [${'*a, '.repeat(200)}]`,
    /^values\/shop\.yaml:2:[0-9]+: not YAML: /,
  ],
  ['lists in lists', `a: ${'['.repeat(50_000)}`, /^values\/shop\.yaml:1:[0-9]+: not YAML: nesting exceeded/],
  ['maps in maps', `a: ${'{b: '.repeat(50_000)}`, /^values\/shop\.yaml:1:[0-9]+: not YAML: nesting exceeded/],
  ['ever deeper blocks', steps(2000), /^values\/shop\.yaml:[0-9]+:[0-9]+: not YAML: nesting exceeded/],
  [
    'a value that contains itself',
    '&a\nname: *a\n',
    /^values\/shop\.yaml:2:7: an alias \(\*\) stands for a value that contains the alias; write its values out$/,
  ],
  [
    'an environment that contains itself',
    `${SHOP}environments:\n  dev: &d { env: *d }\n`,
    /^values\/shop\.yaml:5:18: an alias \(\*\) stands for a value that contains the alias; write its values out$/,
  ],
  [
    'a truth as a key',
    `${SHOP}env: { TRUE: a }\n`,
    /^values\/shop\.yaml:4:8: the key TRUE is not text; put it in quotes$/,
  ],
  ['dots as a key', `${SHOP}...: a\n`, /^values\/shop\.yaml:4: "\.\.\.": unknown key/],
  ['dashes as a key', `${SHOP}---: a\n`, /^values\/shop\.yaml:4: ---: unknown key/],
  ['nothing as a key', `${SHOP}env: { ~: a }\n`, /^values\/shop\.yaml:4:8: the key ~ is not text/],
  [
    'a number as a key, after others',
    `${SHOP}env: { A: [1], B: { c: d } }\n1.0: y\n`,
    /^values\/shop\.yaml:5:1: the key 1\.0 is not text; put it in quotes$/,
  ],
  [
    'a tag of somebody',
    `${SHOP}env: !!python/object:os.system {}\n`,
    /^values\/shop\.yaml:4:[0-9]+: not YAML: unknown/,
  ],
  ['binary', `${SHOP}instance: !!binary aGk=\n`, /^values\/shop\.yaml:4:[0-9]+: not YAML: unknown/],
  ['an alias to nothing', `${SHOP}env: *nothing\n`, /^values\/shop\.yaml:4:[0-9]+: not YAML: /],
  ['a NUL', `${SHOP}instance: a\0b\n`, /^values\/shop\.yaml:4:[0-9]+: not YAML: /],
  ['no key at all', `${SHOP}? \n: c\n`, /^values\/shop\.yaml:[0-9]+: null: unknown key/],
  [
    'keys to merge',
    `${SHOP}<<: { replicas: 5 }\n`,
    /^values\/shop\.yaml:4: <<: YAML 1\.2 has no merge key; write the keys out$/,
  ],
  [
    'keys to merge into env',
    `${SHOP}env: { A: b, <<: { C: d } }\n`,
    /^values\/shop\.yaml:4: env\.<<: YAML 1\.2 has no merge key; write the keys out$/,
  ],
  [
    '__proto__ as a key',
    `${SHOP}__proto__: { workers: 5 }\n`,
    /^values\/shop\.yaml:4: __proto__: (a reserved name|unknown key)/,
  ],
  [
    '__proto__ in http',
    `${SHOP}http: { __proto__: { port: 5 } }\n`,
    /^values\/shop\.yaml:4: http\.__proto__: a reserved name/,
  ],
  [
    '__proto__ as a number in env',
    `${SHOP}env: { __proto__: 5 }\n`,
    /^values\/shop\.yaml:4: env\.__proto__: a reserved name/,
  ],
  [
    '__proto__ as a resource',
    `${SHOP}resources: { limits: { __proto__: 1 } }\n`,
    /^values\/shop\.yaml:4: resources\.limits\.__proto__: a reserved name/,
  ],
  ['constructor as a key', `${SHOP}constructor: 5\n`, /^values\/shop\.yaml:4: constructor: unknown key/],
])('%s is refused', (_, text, message) => {
  expect(refusalsOf(text)).toContainEqual(expect.stringMatching(message));
});

test('constructor is no different from other names of variables', () => {
  expect(refusalsOf(`${SHOP}env: { constructor: b, toString: c }\n`)).toEqual([]);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});

test('a byte order mark may start each document', () => {
  const [first, second] = [SHOP, SHOP.replace('shop', 'blog')].map((text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`);
  expect(refusalsOf(`${first}---\r\n${second}`)).toEqual([]);
}); // prettier-ignore

test('a problem is one line of printable text, whatever the keys are', () => {
  for (const line of refusalsOf(`${SHOP}"a\\nb\\e[31mc\\u2028\\u202e": 1\nenv: { "x\\ny": 1 }\n`))
    // eslint-disable-next-line no-control-regex
    expect(line).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/);
});

test('a long key is named shortened', () => {
  expect(refusalsOf(`${SHOP}? ${'k'.repeat(5000)}\n: 1\n`)[0]?.length).toBeLessThan(1000);
});

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

test.each([
  ['unknown keys', SHOP + lines(10_000, (i) => `k${i}: 1\n`)],
  ['unknown keys in a map', `${SHOP}http:\n${lines(10_000, (i) => `  k${i}: 1\n`)}`],
  [
    'parts of a time zone',
    `${SHOP}serviceWindows: [{ component: a, timeZone: ${'Europe/'.repeat(10_000)} }]\n`,
  ],
  ['letters of a key', `${SHOP}? ${'k'.repeat(100_000)}\n: 1\n`],
])('thousands of %s get a short answer', (_, text) => {
  const refusals = refusalsOf(text);
  expect(refusals.length).toBeGreaterThan(0);
  expect(refusals.join('\n').length).toBeLessThan(50_000);
});

test.each([
  ['a duration', 'metrics: { interval: { toString: } }', 'metrics.interval'],
  ['a target of autoscaling', 'autoscaling: { maxReplicas: 3, cpu: { toString: } }', 'autoscaling.cpu'],
  ['an amount', 'resources: { limits: { memory: { toString: } } }', 'resources.limits.memory'],
  ['a field of the pod', 'env: { A: { field: { toString: } } }', 'env.A.field'],
  ['a number of pods', 'podDisruptionBudget: { maxUnavailable: { toString: } }', 'podDisruptionBudget'],
])('a map with the key toString is refused as %s', (_, text, path) => {
  expect(refusalsOf(`${SHOP}${text}\n`).join('\n')).toMatch(
    new RegExp(`^values/shop\\.yaml:4:?[0-9]*: ${path}\\S*: .*a map with toString`),
  );
});

test('any text at all gives problems or none, and never throws', () => {
  const piece = fc.constantFrom(
    'name: a', 'image: a', 'workers: 2', 'env:', '  A: b', 'http: {', '}', '[', ']', '&a', '*a', '---', '...', '- ', ': ',
    '? ', '| ', '> ', '"', "'", '\n', '\n', '\n  ', '\t', '#', '!!str', '!x', '%YAML 1.2', '\uFEFF', '\0', '<<:', '~', ',',
  ); // prettier-ignore
  const text = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    fc.string({ unit: anyCodePoint }),
  );
  fc.assert(
    fc.property(text, (anything) => {
      for (const line of refusalsOf(anything, 'f')) expect(line).toMatch(/^f[:0-9]*: ./);
    }),
    { numRuns: runs(200) },
  );
});

/** Nine lists of nine, each of the one before: 9^9 texts if they were all written out. */
function bomb(): string {
  const lists = [...'bcdefghi'].map(
    (name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`,
  );
  return ['a: &a [x, x, x, x, x, x, x, x, x]', ...lists].join('\n');
}

function steps(depth: number): string {
  return Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
}
