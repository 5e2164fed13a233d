import path from 'node:path';
import type { Leftover } from '../output/leftovers.js';
import { printable } from '../diagnostics/printable.js';
import { count } from '../diagnostics/count.js';

/** Maximum number of kept files to name: there may be thousands. */
const MOST_NAMED = 10;

/** One line for each written manifest. */
export function writtenLines(output: string, written: readonly string[]): string[] {
  return written.map((file) => line(output, file, 'written'));
}

/** One line for each removed manifest. */
export function removedLines(output: string, removed: readonly string[]): string[] {
  return removed.map((file) => line(output, file, 'removed: no values describe it'));
}

/** Lines about manifests that stay, though the values of this run do not describe them. */
export function keptLines(output: string, kept: readonly Leftover[]): string[] {
  const obstructed = kept.filter(({ obstacle }) => obstacle !== undefined);
  const removable = kept.filter(({ obstacle }) => obstacle === undefined);
  const more = removable.length - MOST_NAMED;
  return [
    ...obstructed.map(({ file, obstacle }) =>
      line(output, file, `not in these values; kept: ${obstacle}; remove it by hand`),
    ),
    ...removable
      .slice(0, MOST_NAMED)
      .map(({ file }) => line(output, file, 'not in these values; kept; --prune removes it')),
    ...(more > 0
      ? [`${output}: ${count(more, 'more file')} not in these values; kept; --prune removes them`]
      : []),
  ];
}

function line(output: string, file: string, message: string): string {
  return `${printable(path.join(output, file))}: ${message}`;
}
