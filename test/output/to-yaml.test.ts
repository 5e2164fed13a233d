import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { toYaml } from '../../src/output/to-yaml.js';

/** What other programs read, by YAML 1.1 (kubectl, Helm, PyYAML) and by YAML 1.2. */
function readBack(text: string, version: '1.1' | '1.2'): unknown[] {
  return parseAllDocuments(text, { version, merge: false }).map((document) => {
    expect([document.errors, document.warnings]).toEqual([[], []]);
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  });
}

const VERSIONS = ['1.1', '1.2'] as const;

const AMBIGUOUS = [
  'yes', 'no', 'on', 'off', 'y', 'n', 'Y', 'N', 'YES', 'No', 'true', 'True', 'TRUE', 'false', 'null', 'Null', 'NULL', '~',
  '', ' ', '=', '<<', '0777', '0o777', '0x1F', '0b11', '1e3', '1E3', '1_000', '12:30:45', '190:20:30', '1.5', '.5', '5.',
  '+1', '-0', '.inf', '-.INF', '.nan', '.NaN', '2020-01-01', '2020-01-01T00:00:00Z', '2001-12-14 21:59:43.10 -5', '-', '--- ',
  '---', '...', '?', ':', '- a', 'a: b', 'a #b', '#a', '&a', '*a', '!a', '!!str a', '|', '>', '%a', '@a', '`a', '"a"', "'a'",
  '{a}', '[a]', ',', 'a,b', 'a\nb', 'a\n', '\na', '\n', ' a', 'a ', '\ta', 'a\tb', 'a\r\nb', '\r', '\0', '\x07', '\x1b[31m',
  '\x7f', '\x85', '\u2028', '\u2029', '\uFEFF', '\uFEFFa', '\uD83D\uDE00', 'é', '\u202e', 'a\\b', '\\', '\\n', "it's", 'a"b',
  '  a\n b\n', '\n\n\na', 'a\n\n', 'x'.repeat(500), 'a b '.repeat(100),
]; // prettier-ignore

describe.each(VERSIONS)('read as YAML %s', (version) => {
  test.each(AMBIGUOUS)('the text %j stays that text', (text) => {
    const manifest = { a: text, list: [text, { b: text }], [`key ${text}`]: 1, [text]: 2 };
    expect(readBack(toYaml([manifest]), version)).toEqual([manifest]);
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(...AMBIGUOUS),
  );
  const key = text.filter((name) => name !== '__proto__' && !loneSurrogate(name));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text.filter((line) => !loneSurrogate(line)),
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
          expect(readBack(toYaml(manifests as Record<string, unknown>[]), version)).toEqual(manifests);
        },
      ),
      { numRuns: 500 },
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

test('documents stand one after the other, in their order', () => {
  expect(toYaml([{ a: 1 }, { b: 2 }])).toBe('a: 1\n---\nb: 2\n');
  expect(toYaml([])).toBe('');
});

function loneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}
