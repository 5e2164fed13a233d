import { shortened } from '../diagnostics/expected.js';
import { lineStart } from './text-offsets.js';

// Text that YAML does not read as text, because it begins with a character that has a meaning, or contains one.

/** A text without quotes, and why it needs them. */
interface MissingQuotes {
  readonly offset: number;
  /** Undefined if the parser's own reason says more. */
  readonly message?: string | undefined;
  readonly hint: string;
}

/** Why a text needs quotes, by its first character. */
const REASONS: Readonly<Record<string, string>> = {
  '*': '* begins an alias',
  '&': '& begins an anchor',
  '@': '@ cannot begin a text without quotes',
  '`': '` cannot begin a text without quotes',
  '%': '% cannot begin a text without quotes',
  '|': '| begins lines of text',
  '>': '> begins lines of text',
  '"': 'there is text after the closing quote',
  "'": 'there is text after the closing quote',
  '{': '{ begins a map',
  '[': '[ begins a list',
};

/** A key before a value in this line, or the dash of an item. */
const BEFORE_VALUE =
  /(?:^|[\s,{[])(?:"[^"]*"|'[^']*'|[^\s,{}[\]:#"'][^,{}[\]:#]*):[ \t]+|^[ \t]*-[ \t]+|[[,][ \t]*/g;

/** Finds the text without quotes that keeps a line from being YAML. @param reason why the parser gave up, at the offset */
export function missingQuotes(text: string, offset: number, reason: string): MissingQuotes | undefined {
  const start = lineStart(text, offset);
  const here = inLine(text, start, offset, reason);
  // The parser may notice the end of a value only in the next line.
  const isAtStart = text.slice(start, offset).trim() === '';
  return (
    here ?? (isAtStart && start > 0 ? inLine(text, lineStart(text, start - 1), start - 1, reason) : undefined)
  );
}

function inLine(text: string, start: number, offset: number, reason: string): MissingQuotes | undefined {
  const line = (/^.*/.exec(text.slice(start, start + LONGEST_LINE)) ?? [''])[0];
  let found: MissingQuotes | undefined;
  for (const match of line.matchAll(BEFORE_VALUE)) {
    const at = match.index + match[0].length;
    if (start + at > offset) break;
    const value = valueIn(line, at);
    if (!needsQuotes(value, reason)) continue;
    const message = reason.startsWith('un') ? undefined : (REASONS[value[0] ?? ''] ?? COLON);
    found = { offset: start + at, message, hint: `put the text in quotes${inQuotes(value)}` };
    if (!isOpen(line.slice(0, at))) break; // the rest of the line is this value
  }
  return found;
}

const LONGEST_LINE = 2000;

/** Whether a bracket is open at the end of a text. */
function isOpen(before: string): boolean {
  const count = (pattern: RegExp) => (before.match(pattern) ?? []).length;
  return count(/[{[]/g) > count(/[}\]]/g);
}

/** The value from an offset: to the end of the line or a comment; in brackets, to the next comma or bracket. */
function valueIn(line: string, at: number): string {
  const rest = line.slice(at).replace(/[ \t]#.*$/, '');
  if (rest.startsWith('{{')) return /^.*\}\}[^\s,\]}]*/.exec(rest)?.[0] ?? rest.trimEnd();
  return (isOpen(line.slice(0, at)) ? (/^[^,\]}]*/.exec(rest)?.[0] ?? '') : rest).trimEnd();
}

const COLON = 'a text without quotes contains a colon';

/** Whether a value is text that needs quotes, as far as one line shows. */
function needsQuotes(value: string, reason: string): boolean {
  const [first = ''] = value;
  switch (first) {
    case '!':
      return !value.startsWith('!!') && reason.startsWith('unknown');
    case '&':
      return /^&([\s,[\]{}]|$)/.test(value);
    case '*':
      return reason.startsWith('unidentified') || !/^\*[^\s,[\]{}]+$/.test(value);
    case '|':
    case '>':
      return !/^[|>][-+0-9]*$/.test(value);
    case '"':
      return /^"[^"]*"[ \t]*[^\s:,]/.test(value);
    case "'":
      return /^'[^']*'[ \t]*[^\s:,']/.test(value);
    case '{':
      return !value.startsWith('{{') && /^\{[^{}]*\}[ \t]*[^\s,\]}]/.test(value);
    case '[':
      return /^\[[^[\]]*\][ \t]*[^\s,\]}]/.test(value);
    default:
      return REASONS[first] !== undefined || /:[ \t]|:$/.test(value);
  }
}

/** A schedule of a cron job, or a placeholder of a template. */
const NO_SECRET = /^(?:[-*/,0-9A-Za-z]+(?: +[-*/,0-9A-Za-z]+){4}|\{\{[ -~]*\}\})$/;

/** The text in quotes, if it is certainly no secret: the line before may have its name. */
function inQuotes(value: string): string {
  return NO_SECRET.test(value) ? `: ${shortened(`'${value.replaceAll("'", "''")}'`)}` : '';
}
