import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';

// A message of zod is one text. This character, which no message contains, separates the hint from it.
const SEPARATOR = '\u001F';

/** The text of a zod issue: a message, and its hint if it has one. */
export function withHint(message: string, hint: string | undefined): string {
  return hint === undefined ? message : message + SEPARATOR + hint;
}

/** The text of a zod issue about an unknown key. */
export function unknownKey(hint: string): string {
  return withHint('unknown key', hint);
}

/** The message and the hint in the text of a zod issue. */
export function messageAndHint(text: string): Pick<FieldDiagnostic, 'message' | 'hint'> {
  const [message = '', hint] = text.split(SEPARATOR);
  return hint === undefined ? { message } : { message, hint };
}
