import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** The width of a text on a terminal: wide characters take two columns; colours and combining marks take none. */
export { stringWidth as widthOf };

/** A stream to write to, perhaps a terminal. */
export interface Sized {
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
}

/** Width of the terminal; undefined if the output is not a terminal: then no line is folded. */
export function columnsOf({ isTTY, columns }: Sized): number | undefined {
  return isTTY === true && columns !== undefined && columns > 0 ? columns : undefined;
}

/** The lines of a text of one line, each at most as wide as `columns`: folded between words, and within long words. */
export function linesOf(text: string, columns: number): string[] {
  if (stringWidth(text) <= columns) return [text];
  return wrapAnsi(text, Math.max(1, columns), { hard: true }).split('\n');
}

/** Indentation of the continued lines of a folded line. */
const CONTINUED = '  ';

/** Folds each line that is wider than the terminal, between words. Continued lines are indented. */
export function folded(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  return text
    .split('\n')
    .map((line) => (stringWidth(line) <= columns ? line : foldedLine(line, columns)))
    .join('\n');
}

function foldedLine(line: string, columns: number): string {
  const [indentation = ''] = /^ */.exec(line) ?? [];
  const further = indentation.length + CONTINUED.length < columns / 2 ? indentation + CONTINUED : '';
  const start = further === '' ? '' : indentation;
  return start + linesOf(line.slice(indentation.length), columns - further.length).join(`\n${further}`);
}
