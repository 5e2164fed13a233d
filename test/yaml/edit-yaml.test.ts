import { editSource, withoutByteOrderMarks } from '../../src/yaml/byte-order-marks.js';
import { parseYaml } from '../../src/yaml/yaml-document.js';
import { yamlEdits } from '../../src/yaml/edit-yaml.js';
import { UneditableYaml } from '../../src/yaml/uneditable-yaml.js';

/** Sets one value in a text of one document. */
function set(text: string, path: readonly string[], value: unknown): string {
  const [document] = parseYaml('a.yaml', text).documents;
  if (document === undefined) throw new Error('no document');
  const before = document.value;
  const after = structuredClone(before) as Record<string, unknown>;
  let around = after;
  for (const key of path.slice(0, -1)) around = (around[key] ??= {}) as Record<string, unknown>;
  if (value === undefined) delete around[path.at(-1) ?? ''];
  else around[path.at(-1) ?? ''] = value;
  const edits = yamlEdits(withoutByteOrderMarks(text), document.tree(), {
    before,
    after,
    last: 'environments',
  });
  const edited = editSource(text, edits);
  expect(parseYaml('a.yaml', edited).problems).toEqual([]);
  expect(parseYaml('a.yaml', edited).documents[0]?.value).toEqual(after);
  return edited;
}

describe('an edit changes the bytes of the value only', () => {
  test.each([
    ['plain', 'a: 1 # one\nb: x # two\n', 'w', 'a: 1 # one\nb: w # two\n'],
    ['single', "b: 'x' # two\n", "it's", "b: 'it''s' # two\n"],
    ['double', 'b: "x"\n', 'w', 'b: "w"\n'],
    ['plain that needs quotes', 'b: x\n', 'yes', "b: 'yes'\n"],
    ['plain with a line break', 'b: x\n', 'y\nz', 'b: "y\\nz"\n'],
    ['over lines', 'b: x\n  y # c\nc: 1\n', 'z', 'b: z # c\nc: 1\n'],
    ['number', 'b: 5\n', 6, 'b: 6\n'],
    ['text in place of a number', 'b: 5\n', '6', "b: '6'\n"],
    ['literal', 'b: | # c\n  x\n  y\n\nc: 1\n', 'y\nz\n', 'b: | # c\n  y\n  z\n\nc: 1\n'],
    ['literal, one line', 'b: |\n  x\n  y\nc: 1\n', 'z', 'b: z\nc: 1\n'],
    ['nothing', 'b: # c\nc: 1\n', 'z', 'b: z # c\nc: 1\n'],
    ['nothing at the end', 'b:', 'z', 'b: z'],
    ['map in place of a text', 'b: x # c\n', { c: 1 }, 'b: { c: 1 } # c\n'],
    ['map in place of nothing', 'b: # c\nc: 1\n', { d: 1 }, 'b: # c\n  d: 1\nc: 1\n'],
    ['list', 'b:\n  - x # c\n  - y\nc: 1\n', ['z'], 'b:\n  - z\nc: 1\n'],
    ['list of as many', 'b:\n  - x # c\n  - y\nc: 1\n', ['x', 'z'], 'b:\n  - x # c\n  - z\nc: 1\n'],
    ['empty list', 'b: # c\n  - x\nc: 1\n', [], 'b: [] # c\nc: 1\n'],
    ['outdented list', 'b:\n- x\nc: 1\n', ['w', 'z'], 'b:\n- w\n- z\nc: 1\n'],
    ['in brackets', 'a: { b: 1, c: 2 }\n', undefined, 'a: { b: 1, c: 2 }\n'],
    ['alias', 'a: &a x\nb: *a # c\n', 'w', 'a: &a x\nb: w # c\n'],
    ['anchor that nothing refers to', 'b: &a x\n', 'w', 'b: &a w\n'],
    ['tag', 'b: !!str 5\n', 'w', 'b: w\n'],
    ['line breaks of Windows', 'b: x\r\nc: 1\r\n', { d: { e: 1 } }, 'b: { d: { e: 1 } }\r\nc: 1\r\n'],
    ['explicit key', '? b\n: x\n', 'w', '? b\n: w\n'],
    ['second document', '---\n\uFEFFb: x\n', 'w', '---\n\uFEFFb: w\n'],
  ])('%s: %j', (_, text, value, edited) => {
    expect(set(text, ['b'], value)).toBe(edited);
  });
});

describe('a new key', () => {
  test.each([
    ['last', 'a: 1\n', 'a: 1\nb: x\n'],
    ['last, without a line break', 'a: 1', 'a: 1\nb: x'],
    [
      'before the environments',
      'a: 1 # c\n\n# e\nenvironments:\n  dev:\n',
      'a: 1 # c\nb: x\n\n# e\nenvironments:\n  dev:\n',
    ],
    ['behind environments that come first', 'environments: { dev: }\n', 'environments: { dev: }\nb: x\n'],
    ['behind a literal', 'a: |\n  x\n\n# c\n', 'a: |\n  x\nb: x\n\n# c\n'],
    ['behind a literal that keeps blank lines', 'a: |+\n  x\n\n', 'a: |+\n  x\n\nb: x\n'],
    ['before the end of the document', '---\na: 1\n...\n', '---\na: 1\nb: x\n...\n'],
    ['in brackets', '{ a: 1 }\n', '{ a: 1, b: x }\n'],
    ['in JSON', '{\n\t"a": 1\n}\n', '{\n\t"a": 1,\n\t"b": "x"\n}\n'],
    ['in brackets on lines', '{\n  a: 1 # c\n  # d\n}\n', '{\n  a: 1, # c\n  b: x\n  # d\n}\n'],
    ['in brackets on lines with a last comma', '{\n  a: 1, # c\n}\n', '{\n  a: 1, # c\n  b: x,\n}\n'],
    ['line breaks of Windows', 'a: 1\r\n', 'a: 1\r\nb: x\r\n'],
  ])('%s', (_, text, edited) => {
    expect(set(text, ['b'], 'x')).toBe(edited);
  });

  test.each([
    ['in a map', 'a:\n    c: 1 # c\nd: 1\n', 'a:\n    c: 1 # c\n    b: x\nd: 1\n'],
    ['in a map in brackets', 'a: { c: 1 } # c\n', 'a: { c: 1, b: x } # c\n'],
    ['in an empty map', 'a: {} # c\n', 'a: { b: x } # c\n'],
    ['in a map of null', 'a: # c\nc: 1\n', 'a: # c\n  b: x\nc: 1\n'],
    ['with the map around it', 'c:\n    d: 1\n', 'c:\n    d: 1\na:\n    b: x\n'],
  ])('%s', (_, text, edited) => {
    expect(set(text, ['a', 'b'], 'x')).toBe(edited);
  });
});

describe('a removed key', () => {
  test.each([
    ['with its line', 'a: 1\n# c\nb: x # d\nc: 1\n', 'a: 1\n# c\nc: 1\n'],
    ['with its lines', 'a: 1\nb:\n  - x\n\nc: 1\n', 'a: 1\n\nc: 1\n'],
    ['at the end', 'a: 1\nb: x', 'a: 1'],
    ['in brackets, first', '{ b: x, c: 1 }\n', '{ c: 1 }\n'],
    ['in brackets, last', '{ a: 1, b: x }\n', '{ a: 1 }\n'],
    ['in brackets on lines', '{\n  a: 1, # c\n  b: x\n}\n', '{\n  a: 1 # c\n}\n'],
    ['in JSON', '{"a":1,"b":"x","c":2}\n', '{"a":1,"c":2}\n'],
  ])('%s', (_, text, edited) => {
    expect(set(text, ['b'], undefined)).toBe(edited);
  });

  test('leaves an empty map', () => {
    expect(set('a: # c\n  b: x\nc: 1\n', ['a', 'b'], undefined)).toBe('a: {} # c\nc: 1\n');
    expect(set('a: { b: x } # c\n', ['a', 'b'], undefined)).toBe('a: {} # c\n');
  });
});

describe('a value that is written once and used twice is refused', () => {
  test.each([
    ['its anchor', 'b: &a x\nc: *a\n', ['b']],
    ['an anchor around it', 'b: &a { d: x }\nc: *a\n', ['b', 'd']],
    ['an anchor in it', 'b: { d: &a x }\nc: *a\n', ['b']],
    ['an alias around it', 'c: &a { d: x }\nb: *a\n', ['b', 'd']],
  ])('%s', (_, text, path) => {
    expect(() => set(text, path, 'y')).toThrow(UneditableYaml);
  });
});
