import { unstyled } from './paint.js';
import { printable } from '../../diagnostics/printable.js';

/** Formats rows as lines; each column is as wide as its widest text. */
export function table(texts: readonly (readonly string[])[]): string[] {
  const rows = texts.map((row) => row.map(printable)); // a cell has one line
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, text] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(text));
  return rows.map((row) =>
    row
      .map((text, i) => text + ' '.repeat((widths[i] ?? 0) - widthOf(text)))
      .join('  ')
      .trimEnd(),
  );
}

/** Width on a terminal: colours take no columns. */
function widthOf(text: string): number {
  return [...unstyled(text)].length;
}
