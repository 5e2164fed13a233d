import fc from 'fast-check';
import { anyCodePoint } from '../any-code-point.js';

/** Texts that some reader of YAML takes for a number, a boolean, null, a date or a mark. */
export const AMBIGUOUS = [
  'yes', 'no', 'on', 'off', 'y', 'n', 'Y', 'N', 'YES', 'No', 'yEs', 'true', 'True', 'TRUE', 'false', 'null', 'Null', 'NULL', '~',
  '', ' ', '=', '<<', '.', '..', '0777', '0o777', '0O7', '0x1F', '0X1F', '0b11', '0B101', '08', '0b-1', '0b+1', '-0b1', '-0x1', '+0o7',
  '1e3', '1E3', '1e400', '1_000', '-_1', '+_1', '_1', '1_1e3', '0x_1', '1__0', '12:30:45', '190:20:30', '1:30', '1:30.5', '1.5', '.5',
  '.5_0', '._5', '5.', '+1', '-0', '1.e+21', '1e21', '18446744073709551616', '.inf', '-.INF', '+.Inf', '.nan', '.NaN', '0bd1d51', '1e5',
  '2020-01-01', '2020-1-1', '2020-01-01T00:00:00Z', '2001-12-14 21:59:43.10 -5', '-', '--', '--- ', '---', '---a', '...', '... a', '?', '? a',
  ':', ':a', '- a', '-a', 'a: b', 'a:', 'a #b', '#a', '&a', '*a', '!a', '!!str a', '|', '>', '%a', '@a', '`a', '"a"', "'a'", '{a}', '[a]',
  '{{ a }}', ',', 'a,b', 'a\nb', 'a\n', '\na', '\n', ' a', 'a ', '\ta', '\ta\nb', 'a\tb', 'a \nb', ' a\nb', '\n a\n', 'a\n b\n\n', 'a\r\nb',
  '\r', '\0', '\x07', '\x1b[31m', '\x7f', '\x85', 'a\x85b\nc', '\u2028', 'a\u2028b\nc', 'a\u2029b\n', '\uFEFF', '\uFEFFa', 'a\n\uFEFFb', '\uFFFE',
  '\uD83D\uDE00', 'é', '\u00A0a', '\u202e', 'a\\b', '\\', '\\n', "it's", 'a"b', '  a\n b\n', '\n\n\na', 'a\n\n', '---\na', 'a\n---\nb', 'a\n...\n',
  'x'.repeat(1500), 'a b '.repeat(500), `a\n${'b '.repeat(500)}`,
]; // prettier-ignore

const NUMBER_LIKE = '0123456789abefxXoObB_-+.:eETZ';

const PIECES = [
  ...'0178abeExXoOyn_-+.: \t\n\r#~<=!&*?|>%@`"\'{}[],\\\0\x07\x7F\x85\u2028\u2029\uFEFF\u00A0\uFFFE\uFFFFé',
  '\u{1F600}', '---', '...', '<<', 'null', 'true', 'yes', 'on', '.inf', '.nan', '2001-01-01', ' #', ': ', '- ',
]; // prettier-ignore

/** Any text that Unicode can encode, most of them ones that YAML could mistake. */
export const anyText = fc
  .oneof(
    fc.constantFrom(...AMBIGUOUS),
    fc.string({ unit: fc.constantFrom(...NUMBER_LIKE), maxLength: 7 }),
    fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 8 }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: anyCodePoint }),
  )
  .filter((text) => !/\p{Surrogate}/u.test(text));
