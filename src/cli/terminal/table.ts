import { linesOf, widthOf } from './fold.js';
import { shownIn } from './paint.js';
import { printable } from '../../diagnostics/printable.js';

type Row = readonly string[];

const GAP = '  ';

/**
 * Formats rows below their headings. Each column is as wide as its widest text. Where that is wider than the terminal,
 * texts are folded between words; where that is still too wide, each row becomes a list of headings and texts.
 *
 * @param columns width of the terminal. @default - no limit
 */
export function table(headings: Row, rows: readonly Row[], columns = Infinity): string[] {
  const texts = [headings, ...rows].map((row) => row.map(printable)); // a cell has one line
  return shownIn(texts, (shown) => {
    const room = columns - GAP.length * (headings.length - 1);
    const widths = narrowed(widest(shown, widthOf), widest(shown, widthOfLongestWord), room);
    return widths === undefined ? records(shown, columns) : shown.flatMap((row) => aligned(row, widths));
  });
}

function widest(rows: readonly Row[], width: (text: string) => number): number[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, text] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, width(text));
  return widths;
}

function widthOfLongestWord(text: string): number {
  return Math.max(...text.split(' ').map((word) => widthOf(word)));
}

/** Narrows the widest columns until all fit into the room; undefined if their longest words do not fit. */
function narrowed(widths: readonly number[], least: readonly number[], room: number): number[] | undefined {
  if (sum(least) > room) return undefined;
  const result = widths.map((width) => Math.min(width, room));
  while (sum(result) > room) {
    const spare = result.map((width, i) => (width > (least[i] ?? 0) ? width : 0));
    const i = spare.indexOf(Math.max(...spare));
    result[i] = (result[i] ?? 0) - 1;
  }
  return result;
}

/** One row of a table; several lines if texts are folded. */
function aligned(row: Row, widths: readonly number[]): string[] {
  const cells = row.map((text, i) => (text === '' ? [] : linesOf(text, widths[i] ?? 0)));
  const height = Math.max(1, ...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, i) => padded(lines[line] ?? '', widths[i] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

/** Each row as lines of a heading and its text, with an empty line between rows. */
function records([headings = [], ...rows]: readonly Row[], columns: number): string[] {
  const width = Math.max(...headings.map((heading) => widthOf(heading)));
  const room = columns - width - GAP.length;
  return rows.flatMap((row, i) => [
    ...(i === 0 ? [] : ['']),
    ...row.flatMap((text, column) =>
      linesOf(text, room).map((line, j) =>
        (padded(j === 0 ? (headings[column] ?? '') : '', width) + GAP + line).trimEnd(),
      ),
    ),
  ]);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
