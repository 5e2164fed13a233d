import { memo } from '../memo.js';
import type { TextFormat } from '../kubernetes/text-formats.js';
import { TIME_ZONE_NAMES } from './time-zone-names.js';
import { nearestName, expected } from '../diagnostics/expected.js';

/** Names in the IANA time zone database. Python and Go distinguish uppercase and lowercase. */
export const TIME_ZONE: TextFormat = {
  what: 'an IANA time zone such as Europe/Amsterdam or UTC',
  pattern: /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/,
};

const NAMES = memo(() => new Set(TIME_ZONE_NAMES));

/** @throws RangeError if there is no time zone with exactly this name */
export function checkTimeZone(name: string): void {
  // Intl ignores case. It also accepts names such as BST that neither Python nor Go knows.
  if (!NAMES().has(name)) throw new RangeError(expected(TIME_ZONE.what, name));
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch (cause) {
    throw new RangeError(expected(TIME_ZONE.what, name), { cause });
  }
}

/** The time zone of a machine without one. Intl does not know it. */
const NO_PLACE = 'Factory';

/** Shorter names are probably abbreviations and get no similar name as hint: BST does not mean EST. */
const LONG_ENOUGH_TO_GUESS = 5;

/** No time zone has a longer name. */
const LONGEST_NAME = 100;

/** Hint for a wrong name: the most similar time zone; undefined if none is similar. */
export function nearestTimeZone(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const names = TIME_ZONE_NAMES.filter((name) => name !== NO_PLACE);
  const wanted = value.slice(0, LONGEST_NAME).toLowerCase();
  const same = names.filter((name) => name.toLowerCase() === wanted);
  const near = value.length < LONG_ENOUGH_TO_GUESS ? same : names;
  return nearestName(value, near);
}

/**
 * The year whose offsets are compared, twice a month: daylight saving time lasts longer. A fixed year gives fixed
 * results.
 */
const YEAR = 2026;

/** Minutes that a zone is ahead of UTC; undefined if that changes during the year. */
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
