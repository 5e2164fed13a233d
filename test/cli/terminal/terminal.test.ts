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

describe('a table', () => {
  test('has columns as wide as their widest text, and no spaces at the end', () => {
    expect(table([['a', 'b', 'c'], ['long', '', 'x'], ['', 'é', '']])).toEqual(['a     b  c', 'long     x', '      é']);
  });

  test('takes no room for colours', () => {
    const lines = table([[paintFor({ isTTY: true, hasColors: () => true })('bad', 'x'), 'y'], ['ab', 'z']]);
    expect(lines.map(styled)).toEqual(['\u001B[31mx\u001B[39m   y', 'ab  z']);
  });
}); // prettier-ignore
