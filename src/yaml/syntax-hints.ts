import { lineStart } from './text-offsets.js';

/** The hint about a template. */
export const NOTHING_FILLS = 'write a value in place of the template: nothing fills it in';

/**
 * The fix for a text that is not YAML; undefined if the reason says it.
 * @param offset of the error in the text
 * @param lineOf returns the line in the file of an offset
 */
export function syntaxHint(
  text: string,
  offset: number,
  reason: string,
  lineOf: (offset: number) => number,
): string | undefined {
  const start = lineStart(text, offset);
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end === -1 ? undefined : end);
  if (line.includes('{{')) return NOTHING_FILLS;
  const conflict = /^<{7} /m.exec(text);
  if (conflict !== null && conflict.index <= offset)
    return `resolve the conflict of git that begins in line ${lineOf(conflict.index)}`;
  return HINTS.find(([beginning]) => reason.startsWith(beginning))?.[1];
}

const INDENT = 'indent this line as far as the other lines of its map or list';

const HINTS: readonly (readonly [reason: string, hint: string])[] = [
  ['tab characters', 'write spaces instead of tabs'],
  ['bad indentation of', INDENT],
  ['deficient indentation', 'close the quotes or brackets before this line, or indent it'],
  ['unexpected end of the stream within a flow collection', 'close the brackets'],
  ['unexpected end of the', 'close the quotes'],
  ['missed comma', 'add the comma, or put the text in quotes'],
  ['unknown scalar tag', 'put the text in quotes if it begins with !'],
  ['a line break is expected', 'begin the text in the next line'],
  ['a whitespace character is expected', 'add a space after the colon'],
  ['can not read a block mapping entry', 'add a colon and a space after the key in the line before'],
  ['end of the stream or a document separator', `${INDENT}, or begin a document with ---`],
  ['unknown escape sequence', 'use single quotes, or write two backslashes for one'],
  ['the stream contains non-printable', 'remove the control characters'],
];
