import { expandReferences, orderOfReferences } from '../src/kubernetes/variable-references.js';
import { serverCommand } from '../src/servers/server-command.js';
import { parseAsKubectl } from '../src/yaml/kubectl-documents.js';
import { refusalsOf } from './a-worker-app.js';
import { growth, LINEAR } from './cpu-time.js';

// The processor time for an input of thousands of parts grows with their number, not with its square.

const SHOP = 'name: shop\nimage: example/shop\nworkers: 5\n';

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

test.each<[string, number, (count: number) => string]>([
  ['documents, all wrong', 250, (count) => 'name: shop\n---\n'.repeat(count)],
  ['valid documents', 250, (count) => lines(count, (i) => `${SHOP.replace('shop', `shop-${i}`)}---\n`)],
  ['unknown keys', 2500, (count) => SHOP + lines(count, (i) => `k${i}: 1\n`)],
  ['unknown keys in a map', 2500, (count) => `${SHOP}http:\n${lines(count, (i) => `  k${i}: 1\n`)}`],
  ['wrong names', 1000, (count) => `${SHOP}env:\n${lines(count, (i) => `  ${i}A: 1\n`)}`],
  [
    'environments',
    150,
    (count) => `${SHOP}environments:\n${lines(count, (i) => `  e${i}: { workers: 0 }\n`)}`,
  ],
  [
    'letters of a text',
    100_000,
    (count) => `name: ${'a-'.repeat(count)}\nimage: ${'a-'.repeat(count)}\nworkers: 5\n`,
  ],
  ['letters of a key', 250_000, (count) => `${SHOP}? ${'k'.repeat(count)}\n: 1\n`],
  [
    'parts of a time zone',
    40_000,
    (count) => `${SHOP}serviceWindows: [{ component: a, timeZone: ${'Europe/'.repeat(count)} }]\n`,
  ],
])('values with thousands of %s', (_, count, text) => {
  expect(growth((size) => refusalsOf(text(size)), count)).toBeLessThan(LINEAR);
});

test('manifests with thousands of brackets that close too far left', () => {
  const text = (count: number) => lines(count, (i) => `a${i}: [\n]\n`);
  expect(growth((count) => parseAsKubectl('f', text(count)), 3000)).toBeLessThan(LINEAR);
});

test.each(['A=1; x; ', '${', '"$(x) ', 'exec ', 'gunicorn; ', '`'])('a script that repeats %j', (text) => {
  expect(growth((count) => serverCommand(['sh', '-c', `"${text.repeat(count)}`]), 5000)).toBeLessThan(LINEAR);
  expect(growth((count) => serverCommand(['sh', '-c', text.repeat(count)]), 5000)).toBeLessThan(LINEAR);
});

test('a command line of many words', () => {
  const words = (count: number) => Array.from({ length: count }, () => 'exec');
  expect(growth((count) => serverCommand(words(count)), 5000)).toBeLessThan(LINEAR);
});

test('a variable with many references without an end', () => {
  const text = (count: number) => '$(B'.repeat(count);
  expect(growth((count) => orderOfReferences({ A: text(count), B: '' }), 100_000)).toBeLessThan(LINEAR);
  expect(growth((count) => expandReferences(`$(A)${text(count)}`, () => 'a'), 100_000)).toBeLessThan(LINEAR);
});

test('a variable that refers to thousands of others', () => {
  const env = (count: number) => {
    const names = Array.from({ length: count }, (_, i) => `V${i}`);
    return {
      ALL: names.map((name) => `$(${name})`).join(),
      ...Object.fromEntries(names.map((name) => [name, ''])),
    };
  };
  expect(growth((count) => orderOfReferences(env(count)), 2500)).toBeLessThan(LINEAR);
});
