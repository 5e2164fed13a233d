import { columnsOf, folded } from '../../../src/cli/terminal/fold.js';
import { paintFor, styled } from '../../../src/cli/terminal/paint.js';
import { table } from '../../../src/cli/terminal/table.js';

describe('colour', () => {
  test('is for terminals that show it', () => {
    expect(styled(paintFor({ isTTY: true, hasColors: () => true })('bad', 'x'))).toBe(
      '\u001B[31mx\u001B[39m',
    );
  });

  test.each([
    ['a pipe', { isTTY: false, hasColors: () => true }],
    ['a terminal without colours, or NO_COLOR', { isTTY: true, hasColors: () => false }],
    ['a file', {}],
  ])('is not for %s', (_, output) => {
    expect(paintFor(output)('bad', 'x')).toBe('x');
  });
});

const colours = paintFor({ isTTY: true, hasColors: () => true });

describe('a table', () => {
  test('has columns as wide as their widest text, and no spaces at the end', () => {
    expect(
      table(
        ['a', 'b', 'c'],
        [
          ['long', '', 'x'],
          ['', 'é', ''],
        ],
      ),
    ).toEqual(['a     b  c', 'long     x', '      é']);
  });

  test('takes no room for colours', () => {
    const lines = table([colours('bad', 'x'), 'y'], [['ab', 'z']]);
    expect(lines.map(styled)).toEqual(['\u001B[31mx\u001B[39m   y', 'ab  z']);
  });

  test('reckons with two columns for a wide character, and none for a combining mark', () => {
    expect(
      table(
        ['a', 'b'],
        [
          ['店', 'x'],
          ['e\u0301', 'y'],
        ],
      ),
    ).toEqual(['a   b', '店  x', 'e\u0301   y']);
  });

  test('folds the widest texts between words, where the terminal is narrow', () => {
    expect(
      table(
        ['name', 'text'],
        [
          ['shop', 'one two three'],
          ['b', 'x'],
        ],
        14,
      ),
    ).toEqual(['name  text', 'shop  one two', '      three', 'b     x']);
  });

  test('becomes a list, where the longest words do not fit', () => {
    expect(
      table(
        ['NAME', 'TEXT'],
        [
          ['shop', 'a-long-word and more'],
          ['b', 'x'],
        ],
        16,
      ),
    ).toEqual(['NAME  shop', 'TEXT  a-long-wor', '      d and more', '', 'NAME  b', 'TEXT  x']);
  });

  test('keeps the colour of a folded text in each of its lines', () => {
    const lines = table(['A', 'B'], [[colours('bad', 'one two'), 'z']], 6).map(styled);
    expect(lines.slice(1)).toEqual(['\u001B[31mone\u001B[39m  z', '\u001B[31mtwo\u001B[39m']);
  });
});

describe('a line', () => {
  test.each([
    ['is folded between words and indented where it is continued', 'one two three four', 'one two\n  three\n  four'],
    ['keeps its indentation', '  one two three', '  one\n    two\n    three'],
    ['is folded within a word that is wider than the terminal', 'abcdefghijklmn', 'abcdefgh\n  ijklmn'],
    ['is folded by the width of its characters', '店店店店店店', '店店店店\n  店店'],
    ['that fits stays as it is', 'a   b', 'a   b'],
  ])('%s', (_, line, lines) => {
    expect(folded(line, 10)).toBe(lines);
  });

  test('is not folded for a pipe', () => {
    expect(columnsOf({ columns: 10 })).toBeUndefined();
    expect(folded('a long line of many words', undefined)).toBe('a long line of many words');
  });
}); // prettier-ignore
