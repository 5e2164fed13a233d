import fc from 'fast-check';
import { editValues } from '../../../src/values/set/edit-values.js';
import { mergeValues } from '../../../src/schema/merge-values.js';
import { documentSchema } from '../../../src/values/document/document-schema.js';
import { nestedIn, parseSetValues } from '../../../src/values/set-values.js';
import { parseYaml } from '../../../src/yaml/yaml-document.js';
import { runs } from '../../runs.js';

const SCHEMA = documentSchema('WorkerApp');

/** Texts that YAML reads as something else, or that need quotes. */
const texts = fc.oneof(
  fc.constantFrom('x', 'yes', '012', '1e3', 'null', '~', '', ' a ', 'a: b', 'a #b', '- a', '{a', 'a,b', "it's", '"q"', '*a', '&a', '!a', 'ä', '😀', 'a\nb', '\n', 'tab\tbed', '\u2028', '@', '%', ':', '?', 'a:'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
); // prettier-ignore
const scalars = fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(2.5));
const values: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: scalars },
  { weight: 1, arbitrary: fc.array(texts, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('c', 'd', 'e f'), scalars, { maxKeys: 2 }) },
);
const paths = fc.array(fc.constantFrom('env', 'labels', 'a', 'b', 'c', 'x.y'), {
  minLength: 1,
  maxLength: 3,
});

/** A scalar as a person may write it: `value` is in it as JSON, which is YAML in double quotes. */
const written = fc.oneof(
  fc.constantFrom('x', '5', 'true', "'it''s'", '"a b"', 'a b', '0x1F', 'null', '', '!!str 5', '&free x'),
  texts.map((text) => JSON.stringify(text)),
);
/** In a block map, also texts over several lines. Each line is indented by the map. */
const lines = fc.constantFrom<string[]>(
  ['|', '  one', '', '  two'],
  ['>-', '  folded', '  text'],
  ['|+', '  kept', ''],
  ['over', '  lines'],
  ['', '- a', '- { b: c }'],
  ['', '  - a # in the list', '  -   b: 1', '      c: 2'],
);

/** A flow map, on one line or over several. */
const flow: fc.Arbitrary<string> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    fc.array(written, { minLength: 3, maxLength: 3 }),
    fc.constantFrom(', ', ',', '\n      , ', ', # flow\n      '),
  )
  .map(([keys, scalars, comma]) => `{${keys.map((key, i) => ` ${key}: ${scalars[i]} `).join(comma)}}`);

const blocks = (depth: number): fc.Arbitrary<string[]> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom('env', 'labels', 'a', 'b', 'c', '"x.y"'), entries(depth)), {
      selector: ([key]) => key,
      minLength: 1,
      maxLength: 4,
    })
    .map((all) =>
      all.flatMap(([key, [first = '', ...more]]) => [`${key}:${first === '' ? '' : ' '}${first}`, ...more]),
    );

const comments = fc.constantFrom('', '', ' # behind');

function entries(depth: number): fc.Arbitrary<string[]> {
  const one = fc.tuple(fc.oneof(written, flow), comments).map(([value, comment]) => [value + comment]);
  if (depth === 0) return fc.oneof(one, lines);
  const inner = fc
    .tuple(comments, fc.constantFrom('', '# above'), blocks(depth - 1), fc.constantFrom('  ', '    '))
    .map(([comment, above, block, indent]) => [
      comment.trim(),
      ...(above === '' ? [] : [indent + above]),
      ...block.map((line) => (line === '' ? line : indent + line)),
    ]);
  return fc.oneof(
    { weight: 3, arbitrary: one },
    { weight: 1, arbitrary: lines },
    { weight: 2, arbitrary: inner },
  );
}

/** A values file in the layout of a person. */
const files = fc
  .tuple(
    blocks(2),
    fc.constantFrom('', '# head\n', '---\n', '# head\n--- # mark\n\uFEFF'),
    fc.constantFrom('', '\n', '\n\n# end\n', '\n...\n'),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([lines, head, end, lineBreak]) =>
    `${head}name: shop\n${lines.join('\n')}${end}`.replaceAll('\n', lineBreak),
  );

/** The comments of a text, and the number of its lines. */
function commentsIn(text: string): string[] {
  return text.match(/# (?:head|mark|above|end)/g) ?? [];
}

/** Whether the path leads to a list or map, or into a list: what is in it goes with its comments. */
function replacesMany(value: unknown, path: readonly string[]): boolean {
  let inner = value;
  for (const key of path) {
    if (Array.isArray(inner)) return true;
    inner = (inner as Readonly<Record<string, unknown>> | null)?.[key];
  }
  return typeof inner === 'object' && inner !== null;
}

/** What a run must keep: the values, the comments, and the whole text if the value is set already. */
interface Kept {
  readonly values: readonly unknown[];
  readonly comments: readonly string[] | undefined;
  readonly text: string | undefined;
}

test('after a value is set, the file has this value, all others as before, and all comments', () => {
  let edited = 0;
  fc.assert(
    fc.property(
      files,
      paths,
      fc.oneof({ weight: 6, arbitrary: values }, fc.constant(null)),
      (text, path, value) => {
        const [before] = parseYaml('shop.yaml', text).documents.map((document) => document.value);
        fc.pre(before !== undefined); // a line in brackets may have too few columns
        const key = path.map((part) => part.replaceAll('.', String.raw`\.`)).join('.');
        const { values: sets } = parseSetValues('set', [`shop.${key}=${JSON.stringify(value)}`]);
        const result = editValues([{ file: 'shop.yaml', text }], sets);
        // Two things are refused: null that removes nothing, and places that a person has to edit.
        if ('problems' in result) return result.problems.every(({ message }) => REFUSED.test(message));
        const after = result.sources[0]?.text ?? '';
        const wanted = sets.reduce<unknown>(
          (merged, set) => mergeValues(SCHEMA, merged, nestedIn(set)),
          before,
        );
        const keepsComments = !replacesMany(before, path);
        const isSame = JSON.stringify(wanted) === JSON.stringify(before);
        expect<Kept>({
          values: parseYaml('shop.yaml', after).documents.map((document) => document.value),
          comments: keepsComments ? commentsIn(after) : undefined,
          text: isSame ? after : undefined,
        }).toEqual({
          values: [wanted],
          comments: keepsComments ? commentsIn(text) : undefined,
          text: isSame ? text : undefined,
        });
        edited += 1;
        return true;
      },
    ),
    { numRuns: runs(200) },
  );
  expect(edited).toBeGreaterThan(100);
});

const REFUSED = /^null removes|cannot be changed/;
