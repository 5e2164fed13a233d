import type { TextRule } from '../kubernetes/text-rules.js';
import { didYouMean, expected } from '../problems/expected.js';

/** Names of the IANA time zone database; Python and Go read them letter by letter. */
export const TIME_ZONE: TextRule = {
  what: 'an IANA time zone such as Europe/Amsterdam or UTC',
  pattern: /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/,
};

/** @throws RangeError when there is no time zone of this name, letter by letter */
export function checkTimeZone(name: string): void {
  const error = new RangeError(expected(TIME_ZONE.what, name));
  if (!TIME_ZONE.pattern.test(name)) throw error;
  let resolved: string;
  try {
    resolved = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (cause) {
    throw new RangeError(error.message, { cause });
  }
  // Intl takes any case.
  if (resolved !== name && resolved.toLowerCase() === name.toLowerCase()) throw error;
}

/** A name that a wrong one was likely meant to be, as advice. */
export function nearestTimeZone(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return didYouMean(value, ['UTC', ...Intl.supportedValuesOf('timeZone')]).replace(/^; /, '') || undefined;
}

/** A year whose every half month is looked at: changes of a clock last longer. Fixed, so that the answer is, too. */
const YEAR = 2026;

/** Minutes that a zone is ahead of UTC, where it is so all year; undefined where clocks change. */
export function fixedOffset(timeZone: string): number | undefined {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const offsets = new Set<number>();
  for (let month = 0; month < 12; month++) {
    for (const day of [1, 15]) offsets.add(offsetAt(format, new Date(Date.UTC(YEAR, month, day))));
  }
  const [offset] = offsets;
  return offsets.size === 1 ? offset : undefined;
}

function offsetAt(format: Intl.DateTimeFormat, moment: Date): number {
  const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0] = /^GMT(?:([+-])([0-9]{2}):([0-9]{2}))?$/.exec(name) ?? [];
  const ahead = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -ahead : ahead;
}
