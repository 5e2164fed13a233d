import { matches, type TextFormat } from '../kubernetes/text-formats.js';
import { expected } from '../diagnostics/expected.js';

/** Times of day in Alertmanager's format. */
const DAY_TIME: TextFormat = {
  what: 'a time of day from "00:00" to "24:00"',
  pattern: /^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/,
};

/** A problem of a range of times. `side` is missing if the problem is with both times together. */
export interface RangeProblem {
  readonly side?: 'start' | 'end';
  readonly message: string;
  readonly hint?: string;
}

/** Problems of a range of times. Alertmanager requires a range within one day that is not empty. */
export function rangeProblems(start: unknown, end: unknown): RangeProblem[] {
  if (!matches(DAY_TIME, start) || !matches(DAY_TIME, end)) {
    const sides = [{ side: 'start', time: start } as const, { side: 'end', time: end } as const];
    return sides
      .filter(({ time }) => !matches(DAY_TIME, time))
      .map(({ side, time }) => ({ side, message: expected(DAY_TIME.what, time), ...hintAtHour(time) }));
  }
  if (start < end) return [];
  if (start === end)
    return [{ message: `${start} to ${end} is an empty range`, hint: 'a whole day is 00:00 to 24:00' }];
  if (start === '24:00')
    return [
      { side: 'start', message: '24:00 is the end of a day', hint: 'a range from midnight starts at 00:00' },
    ];
  if (end === '00:00')
    return [
      { side: 'end', message: '00:00 is the start of a day', hint: 'a range until midnight ends at 24:00' },
    ];
  const message = `${start} to ${end} crosses midnight, but a range must be within one day`;
  const hint = `write two, ${start} to 24:00 and, on the next day, 00:00 to ${end}`;
  return [{ message, hint }];
}

function hintAtHour(value: unknown): { readonly hint?: string } {
  const isShort = typeof value === 'string' && /^[0-9]:[0-5][0-9]$/.test(value);
  return isShort ? { hint: `write "0${value}"` } : {};
}
