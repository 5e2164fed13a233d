import fc from 'fast-check';
import { dump } from 'js-yaml';
import { dumpYaml, OF_JS_YAML } from '../../src/yaml/dump-yaml.js';
import { runs } from '../runs.js';
import { AMBIGUOUS, anyText } from './spellings.js';

const byJsYaml = (value: unknown) => dump(value, OF_JS_YAML);

const text = fc.oneof(
  anyText,
  fc.constantFrom('a\n', 'a\n\n', '\n', ' a', 'a ', 'a: b', 'a:', 'a #b', 'a#b', "it's", '  - a\n b', '---', 'a\n\n  b\n'),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('a', '1', ' ', ':', '#', '-', "'", '"', '\n', '{', ',', '.', '?', '\t') }),
); // prettier-ignore

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined, 0, -0, 2 ** 60)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}));

test('every byte is as js-yaml writes it', () => {
  fc.assert(
    fc.property(fc.dictionary(text, value, { maxKeys: 4 }), (manifest) => {
      expect(dumpYaml(manifest)).toBe(byJsYaml(manifest));
    }),
    { numRuns: runs(500) },
  );
});

test.each(AMBIGUOUS)('the text %j is written as by js-yaml, as a key and as a value', (one) => {
  const manifest = { [one]: one, list: [one, [one]], map: { a: one } };
  expect(dumpYaml(manifest)).toBe(byJsYaml(manifest));
});

test.each([[undefined], [null], ['text\n\n'], [{}], [[]], [{ a: undefined }], [{ a: { b: undefined } }], [[undefined]], [{ ['k'.repeat(1100)]: 'v' }], [{ a: new Date(0) }]])('%j is written as by js-yaml', (one) => {
  expect(dumpYaml(one)).toBe(byJsYaml(one));
}); // prettier-ignore
