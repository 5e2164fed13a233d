import fc from 'fast-check';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseAsKubectl } from '../../src/yaml/kubectl-documents.js';
import { anyCodePoint } from '../any-code-point.js';
import { runs } from '../runs.js';

const BOM = '\uFEFF';

/** The values of the documents; all must be readable. */
function read(text: string): unknown[] {
  const { documents, problems } = parseAsKubectl('f.yaml', text);
  expect(problems).toEqual([]);
  return documents.map(({ value }) => value);
}

function refusals(text: string): string[] {
  const { documents, problems } = parseAsKubectl('f.yaml', text);
  expect(documents).toEqual([]);
  return problems.map(formatDiagnostic);
}

describe('a scalar without quotes is read as Go reads it', () => {
  test.each<[string, unknown]>([
    ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((text): [string, unknown] => [text, true]),
    ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((text): [string, unknown] => [text, false]),
    ...['', '~', 'null', 'Null', 'NULL'].map((text): [string, unknown] => [text, null]),
    ['0755', 493], ['0o755', 493], ['0O7', 7], ['0x1F', 31], ['0X1F', 31], ['0b11', 3], ['0B101', 5], ['-0x10', -16],
    ['1_000', 1000], ['-_1', -1], ['1_1e3', 11_000], ['0x_1', 1], ['08', 8], ['0b-1', -1], ['+1', 1], ['-017', -15],
    ['1e3', 1000], ['1.', 1], ['.5', 0.5], ['.5_0', 0.5], ['+.5e1', 5], ['18446744073709551615', 2 ** 64],
    ...['yEs', 'nULL', '0b', '0x', '_1', '._5', '1:30', '190:20:30.15', '1e400', '2001-01-01', '=', '<<', '1.2.3', '--', '.',
      '0xfffffffffffffffff', '-0x8000000000000001', '0b2', '-0b+1', '1e', 'e3'].map((text): [string, unknown] => [text, text]),
  ])('%s', (text, value) => {
    expect(read(`a: ${text}\n`)).toEqual([{ a: value }]);
  }); // prettier-ignore
});

describe('a document is read as Go reads it', () => {
  test.each([
    ['keys are text', 'y: 1\n0x10: 2\n1.5: 3\nno: 4\n', { true: 1, 16: 2, 1.5: 3, false: 4 }],
    ['a key __proto__ is a key', '__proto__: 1\n', JSON.parse('{"__proto__":1}')],
    ['a merge key is followed', 'a: &a { x: 1, y_: 2 }\nb: { <<: *a, y_: 3 }\n', { a: { x: 1, y_: 2 }, b: { x: 1, y_: 3 } }],
    ['of several merged maps the first counts', 'a: &a { x: 1 }\nb: &b { x: 2, z: 3 }\nc: { <<: [*a, *b] }\n', { a: { x: 1 }, b: { x: 2, z: 3 }, c: { x: 1, z: 3 } }],
    ['a merge key goes over the keys before it', 'a: 1\n<<: { a: 2 }\n', { a: 2 }],
    ['a second merge key goes over the first', '<<: { a: 1 }\n<<: { a: 2 }\n', { a: 2 }],
    ['a merge key in quotes is a key', '"<<": 1\n', { '<<': 1 }],
    ['binary data is decoded', 'a: !!binary aGVsbG8=\nb: !!binary |\n  aGVs\n  bG8=\n', { a: 'hello', b: 'hello' }],
    ['tags of others are passed over', 'a: !Ref b\nc: !Sub [d]\ne: !f { g: 1 }\nh: !<x> 1\n', { a: 'b', c: ['d'], e: { g: 1 }, h: '1' }],
    ['tags of YAML are followed', 'a: !!str 5\nb: !!int "3"\nc: !!bool yes\nd: !!null ""\ne: ! 5\nf: !!float 3\n', { a: '5', b: 3, c: true, d: null, e: '5', f: 3 }],
    ['a bracket may close below its key', 'a: [\n  "x",\n]\nb: {\n  c: 1\n}\n', { a: ['x'], b: { c: 1 } }],
    ['text in quotes may go on at the start of a line', 'a: "x\ny"\n', { a: 'x y' }],
    ['tabs may be in brackets', 'a: {\n\t"b": [\n\t\t1\n\t]\n}\n', { a: { b: [1] } }],
    ['lines may end as in Windows', 'a: x\r\nb:\r\n- y\r\n', { a: 'x', b: [true] }],
  ])('%s', (_, text, value) => {
    expect(read(text)).toEqual([value]);
  }); // prettier-ignore
});

describe('the documents of a text', () => {
  test.each([
    ['are separated by lines that start with ---', 'a: 1\n---\nb: 2\n--- # c\nd: 3\n---', [{ a: 1 }, { b: 2 }, { d: 3 }]],
    ['may be empty, or comments', '# c\n---\n# d\n---\n---\na: 1\n---\nnull\n', [{ a: 1 }]],
    ['may each have a byte order mark', `${BOM}a: 1\r\n---\r\n${BOM}b: 2\r\n`, [{ a: 1 }, { b: 2 }]],
    ['may be JSON objects one after the other', '{"a":1}\n{"b":"}{\\""}{"c":[]}\n', [{ a: 1 }, { b: '}{"' }, { c: [] }]],
    ['may be JSON before YAML', '{"a":1}\n---\nb: 2\n---\n{"c":3}\n', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ['may be JSON that YAML does not have', '{"a":"\u007F\\/","b":"\\ud83d\\ude00"}', [{ a: '\u007F/', b: '😀' }]],
    ['may end with ...', 'a: 1\n...\n---\nb: 2\n...\n', [{ a: 1 }, { b: 2 }]],
    ['may be maps in brackets that look like JSON', '{a: 1}\n', [{ a: 1 }]],
    ['are none in an empty text', '', []],
  ])('%s', (_, text, values) => {
    expect(read(text)).toEqual(values);
  }); // prettier-ignore

  test.each([
    ['--- {a: 1}\n', 'f.yaml:1: kubectl accepts only a comment after "---"; write "{a: 1}" on the next line'],
    ['a: 1\n...\nb: 2\n', 'f.yaml:3:1: kubectl reads nothing after "..."; start a document with "---"'],
    ['a: b: c\n', "f.yaml:1:4: not YAML: a text without quotes contains a colon; put the text in quotes"],
    ['# c\n---\na: .nan\n', 'f.yaml:3:4: .nan is a number that JSON does not have; put it in quotes'],
    ['~: 1\n', 'f.yaml:1:1: null as a key; a key must be text, put it in quotes'],
    ['? [a]\n: 1\n', 'f.yaml:1:3: a list as a key; a key must be text, put it in quotes'],
    ['a: {{ b }}\n', 'f.yaml:1:5: a map as a key; a key must be text, put it in quotes'],
    ['a: !!int b\n', 'f.yaml:1:10: b is no !!int; remove the tag'],
    ['a: !!binary "@"\n', 'f.yaml:1:14: @ is no !!binary; remove the tag'],
    ['a: &a [*a]\n', 'f.yaml:1:9: the alias *a is inside the value that it stands for; write its values out'],
    ['a: *b\n', 'f.yaml:1:5: the alias *b has no anchor of this name before it in this document'],
    ['a: &a 1\n---\nb: *a\n', 'f.yaml:3:5: the alias *a has no anchor of this name before it in this document'],
    ['a: { <<: 1 }\n', 'f.yaml:1:10: "<<" merges a map, or a list of maps; give it an alias of one'],
    ['a: { b: http://c?d }\n', 'f.yaml:1:9: "http://c?d" within brackets is no text to kubectl; put it in quotes'],
  ])('are refused where kubectl refuses them: %j', (text, message) => {
    expect(parseAsKubectl('f.yaml', text).problems.map(formatDiagnostic)).toEqual([message]);
  }); // prettier-ignore

  test('are each judged by themselves, with their lines in the file', () => {
    const { documents, problems } = parseAsKubectl('f.yaml', 'a: 1\n---\nb: {\n---\nc: 3\n---\n? {}\n: 1\n');
    expect(documents.map(({ value, positionOf }) => [value, positionOf(['c']).line])).toEqual([
      [{ a: 1 }, 1],
      [{ c: 3 }, 5],
    ]);
    expect(problems.map(({ line }) => line)).toEqual([4, 7]);
  });

  test('have keys given twice, of which the last counts, with both lines', () => {
    const { documents } = parseAsKubectl(
      'f.yaml',
      '{"x":1}\n---\na:\n  - b: 1\n    b: 2\n    "y": 1\n    true: 2\n',
    );
    expect(documents.at(-1)).toMatchObject({ value: { a: [{ b: 2, y: 1, true: 2 }] } });
    expect(documents.flatMap(({ repeatedKeys }) => repeatedKeys.map(formatDiagnostic))).toEqual([
      'f.yaml:5: a[0].b: given in line 4 too; remove one of the two',
    ]);
  });
});

test('any text at all gives documents or problems of one printable line, and never throws', () => {
  const piece = fc.constantFrom(
    'a: b', 'metadata: {', '}', '[', ']', '&a ', '*a', '\n---\n', '\n...\n', '- ', ': ', '? ', '| ', '> ', '"', "'", '\n', '\n  ',
    '\t', '#', '!!str ', '!!int ', '!!binary ', '!x ', '%YAML 1.2', '\uFEFF', '\0', '\u202E', '<<: ', '~', ',', '0x', '{"a":1}', '\\', '_', '1',
  ); // prettier-ignore
  const text = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    fc.string({ unit: anyCodePoint }),
  );
  fc.assert(
    fc.property(text, (anything) => {
      for (const problem of parseAsKubectl('f', anything).problems)
        expect(formatDiagnostic(problem)).toMatch(/^f:[0-9]+:?[0-9]*: [^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
    }),
    { numRuns: runs(200) },
  );
});

describe('aliases', () => {
  test('may be many', () => {
    const items = Array.from({ length: 5000 }, () => '  - *l\n').join('');
    expect(read(`l: &l { a: b }\nitems:\n${items}`)).toHaveLength(1);
  });

  test('are refused if they expand to more values than a program can hold', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`);
    expect(refusals(`a0: &a0 [1]\n${lines.join('')}`)).toEqual([
      'f.yaml:17:13: aliases (*) stand for more than 400000 values; write the values out',
    ]);
  });
});

test('a conflict of git in a later document is named with its line in the file', () => {
  const text = 'a: 1\n---\nb: 1\nc:\n<<<<<<< HEAD\n  d: 1\n=======\n  d: 2\n>>>>>>> other\n';
  expect(parseAsKubectl('a.yaml', text).problems).toEqual([
    expect.objectContaining({ hint: 'resolve the conflict of git that begins in line 5' }),
  ]);
});
