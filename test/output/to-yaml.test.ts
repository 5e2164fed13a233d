import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { parseAsKubectl } from '../../src/yaml/kubectl-documents.js';
import { AMBIGUOUS, anyText } from '../yaml/spellings.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { runs } from '../runs.js';

type Read = (text: string) => unknown[];

/** Readers of manifests; what they refuse, or warn of, is an item of the documents. */
const READERS: readonly (readonly [string, Read])[] = [
  [
    'kubectl and Helm',
    (text) => {
      const { documents, problems } = parseAsKubectl('f', text);
      return [...problems, ...documents.flatMap(({ value, repeatedKeys }) => [...repeatedKeys, value])];
    },
  ],
  ['other readers of YAML 1.1', (text) => readAs('1.1', text)],
  ['readers of YAML 1.2', (text) => readAs('1.2', text)],
];

function readAs(version: '1.1' | '1.2', text: string): unknown[] {
  return parseAllDocuments(text, { version, merge: false }).flatMap((document) => [
    ...document.errors,
    ...document.warnings,
    document.toJS({ maxAliasCount: 0 }) as unknown,
  ]);
}

describe.each(READERS)('read by %s', (_, read) => {
  test.each(AMBIGUOUS)('the text %j stays that text', (text) => {
    const manifest = { a: text, list: [text, { b: text }], [`key ${text}`]: 1, [text]: 2 };
    expect(read(toYaml([manifest]))).toEqual([manifest]);
  });

  const key = anyText.filter((name) => name !== '__proto__');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      anyText,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));

  test('any manifest reads back equal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true }), { maxLength: 3 }),
        (manifests) => {
          expect(read(toYaml(manifests as Record<string, unknown>[]))).toEqual(manifests);
        },
      ),
      { numRuns: runs(100) },
    );
  });
});

test('one object at two places is written twice, as kubectl knows no aliases', () => {
  const labels = { app: 'web' };
  expect(toYaml([{ a: labels, b: labels }])).toBe('a:\n  app: web\nb:\n  app: web\n');
});

test('long lines are not folded', () => {
  const command = 'word '.repeat(100).trim();
  expect(toYaml([{ command }])).toBe(`command: ${command}\n`);
});

test('documents are written in their order', () => {
  expect(toYaml([{ a: 1 }, { b: 2 }])).toBe('a: 1\n---\nb: 2\n');
  expect(toYaml([])).toBe('');
});

test.each([
  '15s',
  '25%',
  '128Mi',
  '--web.enable-lifecycle',
  '/health/',
  'app.kubernetes.io/name',
  'metrics-1',
  'IfNotPresent',
])('the text %s needs no quotes', (text) => {
  expect(toYaml([{ a: text }])).toBe(`a: ${text}\n`);
});

test.each([
  '0X1F',
  '0O7',
  '-_1',
  '1_1e3',
  '0B101',
  '0b+1',
  '.',
  '1:30',
  'y',
  'yEs',
  '0bd1d51b',
  '2020-01-01',
  '---a',
  '1e5',
])('the text %s is quoted, as a value and as a key', (text) => {
  expect(toYaml([{ [text]: text }])).toBe(`'${text}': '${text}'\n`);
});
