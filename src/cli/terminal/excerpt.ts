import { printable } from '../../diagnostics/printable.js';
import { memo } from '../../memo.js';
import { widthOf } from './fold.js';

/** A part of a line of a file to mark. */
export interface Mark {
  /** Number of the line, from 1. */
  readonly line: number;
  /** First column, from 1. */
  readonly column: number;
  /** Column after the last; undefined to mark one character. */
  readonly endColumn?: number | undefined;
}

/** The line of a file with its number, and below it a line that marks a part of it. */
export interface Excerpt {
  /** The beginning of the line with the text, and of the line with the marks. */
  readonly gutter: readonly [string, string];
  readonly text: string;
  readonly marks: string;
}

/** A character as it is printed. */
interface Cell {
  readonly text: string;
  readonly width: number;
  readonly isMarked: boolean;
}

const TAB = '    ';
const CUT = '…';

/** Most characters on either side of the mark that are looked at: a line may have megabytes. */
const AROUND = 1000;

/**
 * Marks a part of a line. Of a long line, only the part around the mark is shown.
 * @param columns width of the screen
 */
export function excerptOf(line: string, mark: Mark, columns: number): Excerpt | undefined {
  if (mark.column > line.length + 1 || line.trim() === '') return undefined;
  const gutter = [`  ${mark.line} | `, `  ${' '.repeat(String(mark.line).length)} | `] as const;
  const { cells, isCutBefore, isCutAfter } = windowAround(cellsOf(line, mark), columns - widthOf(gutter[0]));
  const before = isCutBefore ? CUT : '';
  const marks = cells.map(({ isMarked, width }) => (isMarked ? '^' : ' ').repeat(width)).join('');
  return {
    gutter,
    text: (before + cells.map(({ text }) => text).join('') + (isCutAfter ? CUT : '')).trimEnd(),
    marks: (' '.repeat(before.length) + marks).trimEnd(),
  };
}

/** Made when a line is shown: loading its tables takes longer than the rest of the screen. */
const characters = memo(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));

function cellsOf(line: string, { column, endColumn = column + 1 }: Mark): Cell[] {
  const start = Math.min(column - 1, line.trimEnd().length);
  const end = Math.max(start + 1, endColumn - 1);
  const first = Math.max(0, start - AROUND);
  // One more cell than the line has: a mark may be at its end.
  const part = `${line.slice(first, start + AROUND).trimEnd()} `;
  return Array.from(characters().segment(part), ({ segment, index }) => {
    const offset = first + index;
    const text = segment === '\t' ? TAB : printable(segment);
    const isMarked = offset < end && offset + segment.length > start;
    return { text, width: widthOf(text), isMarked };
  });
}

/** The cells that fit on the screen. A third of the room is for the text before the mark. */
function windowAround(cells: readonly Cell[], room: number) {
  const marked = cells.findIndex(({ isMarked }) => isMarked);
  const widthFrom = (from: number) => cells.slice(from).reduce((sum, { width }) => sum + width, 0);
  let from = 0;
  if (widthFrom(0) > room) {
    from = Math.max(0, marked);
    let before = 0;
    while (from > 0 && before + (cells[from - 1]?.width ?? 0) <= (room - 2) / 3) {
      from -= 1;
      before += cells[from]?.width ?? 0;
    }
  }
  const isCutBefore = from > 0;
  const left = room - (isCutBefore ? 1 : 0);
  const isCutAfter = widthFrom(from) > left;
  let to = from;
  for (let width = 0; to < cells.length; to++) {
    width += cells[to]?.width ?? 0;
    if (width > left - (isCutAfter ? 1 : 0)) break;
  }
  return { cells: cells.slice(from, to), isCutBefore, isCutAfter };
}
