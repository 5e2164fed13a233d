import path from 'node:path';
import type { Leftover } from '../output/leftovers.js';
import { printable } from '../diagnostics/printable.js';
import { count } from './count.js';

/** So many files that a narrowed run keeps are named; a fleet has thousands. */
const MOST_NAMED = 10;

/** A line for each manifest that a run removed. */
export function removedLines(output: string, removed: readonly string[]): string[] {
  return removed.map((file) => line(output, file, 'removed: no values describe it'));
}

/** Lines about manifests that the values of a run do not describe, and that stay. */
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
