import type { Day, ServiceWindow } from '../worker-app-props.js';
import { DAYS } from './service-windows-key.js';

/** A time range on some days of the week. It does not cross midnight: Alertmanager does not allow that. */
export interface WeeklyHours {
  readonly days: readonly Day[];
  /** `22:00` */
  readonly start: string;
  /** At most `24:00`. */
  readonly end: string;
}

const DAY = 24 * 60;
const WEEK = 7 * DAY;

/**
 * Returns the time ranges of a window, split at midnight: the part of Monday's window after midnight belongs to Tuesday.
 *
 * @param ahead minutes by which the window's time zone is ahead of the time zone of the result
 */
export function weeklyHours(
  { days, start, end }: Pick<ServiceWindow, 'days' | 'start' | 'end'>,
  ahead = 0,
): WeeklyHours[] {
  const length = modulo(minutes(end) - minutes(start), DAY) || DAY;
  const daysOf = new Map<string, Set<number>>();
  for (const day of days) {
    const begin = modulo(DAYS.indexOf(day) * DAY + minutes(start) - ahead, WEEK);
    for (const part of cutAtMidnight(begin, begin + length)) {
      const hours = `${clock(part.start)}-${clock(part.end)}`;
      daysOf.set(hours, (daysOf.get(hours) ?? new Set()).add(part.day));
    }
  }
  return [...daysOf].map(([hours, onDays]) => {
    const [from = '', to = ''] = hours.split('-');
    return { days: DAYS.filter((_, day) => onDays.has(day)), start: from, end: to };
  });
}

/** Splits a span of the week into parts within one day. All in minutes; the span is counted from the start of the week. */
function cutAtMidnight(begin: number, end: number): { day: number; start: number; end: number }[] {
  const midnight = (Math.floor(begin / DAY) + 1) * DAY;
  const day = Math.floor(begin / DAY) % 7;
  const start = begin % DAY;
  if (end <= midnight) return [{ day, start, end: start + end - begin }];
  return [{ day, start, end: DAY }, ...cutAtMidnight(midnight, end)];
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  return hours * 60 + rest;
}

function clock(minutesOfDay: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutesOfDay / 60))}:${two(minutesOfDay % 60)}`;
}

function modulo(number: number, by: number): number {
  return ((number % by) + by) % by;
}
