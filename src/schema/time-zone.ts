import { createRequire } from 'node:module';
import { memo } from '../memo.js';
import type { TextFormat } from '../kubernetes/text-formats.js';
import { nearestName, expected } from '../diagnostics/expected.js';

/** Names of the IANA time zone database; Python and Go read them letter by letter. */
export const TIME_ZONE: TextFormat = {
  what: 'an IANA time zone such as Europe/Amsterdam or UTC',
  pattern: /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/,
};

/** The database, loaded for a time zone only: it is larger than all the rest of a run. */
const database = memo(
  () => createRequire(import.meta.url)('tzdata') as { readonly zones: Readonly<Record<string, unknown>> },
);

/** @throws RangeError when there is no time zone of this name, letter by letter */
export function checkTimeZone(name: string): void {
  // Intl alone takes any case, and names such as BST that neither Python nor Go knows.
  if (!Object.hasOwn(database().zones, name)) throw new RangeError(expected(TIME_ZONE.what, name));
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch (cause) {
    throw new RangeError(expected(TIME_ZONE.what, name), { cause });
  }
}

/** The zone of a machine that was given none; Intl has no such. */
const NO_PLACE = 'Factory';

/** More letters than abbreviations have, of which one is near to any other: BST is not meant to be EST. */
const LONG_ENOUGH_TO_GUESS = 5;

/** No time zone has a longer name. */
const LONGEST_NAME = 100;

/** A name that a wrong one was likely meant to be, as advice. */
export function nearestTimeZone(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const names = Object.keys(database().zones).filter((name) => name !== NO_PLACE);
  const wanted = value.slice(0, LONGEST_NAME).toLowerCase();
  const same = names.filter((name) => name.toLowerCase() === wanted);
  const near = value.length < LONG_ENOUGH_TO_GUESS ? same : names;
  return nearestName(value, near);
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
