import { excerptOf } from '../../../src/cli/terminal/excerpt.js';

function shown(line: string, part: string, columns = 80): string[] {
  const start = line.indexOf(part);
  const mark = { line: 7, column: start + 1, endColumn: start + part.length + 1 };
  const excerpt = excerptOf(line, mark, columns);
  return excerpt === undefined ? [] : [excerpt.gutter[0] + excerpt.text, excerpt.gutter[1] + excerpt.marks];
}

test('the part of the line is marked', () => {
  expect(shown('workers: 0 # few', '0')).toEqual(['  7 | workers: 0 # few', '    |          ^']);
});

test.each([
  ['a tab', 'a:\tbad', 'a:    bad', '      ^^^'],
  ['wide characters before', '店: bad', '店: bad', '    ^^^'],
  ['wide characters within', 'a: 店', 'a: 店', '   ^^'],
  ['combining marks', 'e\u0301: bad', 'e\u0301: bad', '   ^^^'],
  ['characters outside of the basic plane', '🦄: bad', '🦄: bad', '    ^^^'],
  ['control characters, which are escaped', '\u001B[2J: bad', '\\u{1b}[2J: bad', '           ^^^'],
])('marks are below their text after %s', (_, line, text, marks) => {
  expect(shown(line, line.includes('bad') ? 'bad' : '店')).toEqual([`  7 | ${text}`, `    | ${marks}`]);
});

test.each([
  ['at its start', `bad: ${'x'.repeat(100)}`, '  7 | bad: xxxxxxxx…', '    | ^^^'],
  ['in its middle', `${'x'.repeat(100)}bad${'y'.repeat(100)}`, '  7 | …xxxxbadyyyyy…', '    |      ^^^'],
  ['at its end', `${'x'.repeat(100)}bad`, '  7 | …xxxxbad', '    |      ^^^'],
  ['in megabytes', `${'x'.repeat(5e6)}bad${'y'.repeat(5e6)}`, '  7 | …xxxxbadyyyyy…', '    |      ^^^'],
])('of a long line, the part around the mark is shown, %s', (_, line, text, marks) => {
  expect(shown(line, 'bad', 20)).toEqual([text, marks]);
});

test('a mark that is longer than the screen is cut', () => {
  const lines = shown(`a: ${'b'.repeat(100)}`, 'b'.repeat(100), 20);
  expect(lines.map((line) => line.length <= 20)).toEqual([true, true]);
});

test('a mark at the end of the line is shown there', () => {
  expect(excerptOf('a: [', { line: 1, column: 5 }, 80)?.marks).toBe('    ^');
});

test.each([
  ['', 1],
  ['a', 9],
])('of %j nothing is shown at column %i', (line, column) => {
  expect(excerptOf(line, { line: 1, column }, 80)).toBeUndefined();
});
