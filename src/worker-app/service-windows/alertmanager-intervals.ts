import type { Day } from '../worker-app-props.js';
import type { ResolvedServiceWindow } from './service-windows-key.js';
import { weeklyHours, type WeeklyHours } from './time-intervals.js';
import { fixedOffset } from '../../schema/time-zone.js';

/** All windows of a component, as one named time interval of Alertmanager. */
export interface TimeInterval {
  readonly component: string;
  /** Time ranges, each with its time zone. */
  readonly hours: readonly (WeeklyHours & { readonly timeZone: string })[];
}

/** Returns the windows of every component, each in its own time zone. */
export function timeIntervals(windows: readonly ResolvedServiceWindow[]): TimeInterval[] {
  return byComponent(windows).map(([component, own]) => ({
    component,
    hours: own.flatMap((window) =>
      weeklyHours(window).map((hours) => ({ ...hours, timeZone: window.timeZone })),
    ),
  }));
}

/**
 * Returns the windows in UTC, only of components whose time zones have no daylight saving time. The operator's
 * AlertmanagerConfig supports only UTC (prometheus-operator#5512), in which other windows would be wrong for half the year.
 */
export function timeIntervalsInUtc(windows: readonly ResolvedServiceWindow[]): TimeInterval[] {
  return byComponent(windows).flatMap(([component, own]) => {
    const inUtc = own.map((window) => {
      const ahead = fixedOffset(window.timeZone);
      return ahead === undefined ? undefined : weeklyHours(window, ahead);
    });
    if (inUtc.includes(undefined)) return [];
    return [
      {
        component,
        hours: inUtc.flatMap((hours = []) => hours.map((some) => ({ ...some, timeZone: 'UTC' }))),
      },
    ];
  });
}

const WEEKDAYS = {
  Mon: 'monday',
  Tue: 'tuesday',
  Wed: 'wednesday',
  Thu: 'thursday',
  Fri: 'friday',
  Sat: 'saturday',
  Sun: 'sunday',
} as const;

/** `monday` */
export function weekday(day: Day): (typeof WEEKDAYS)[Day] {
  return WEEKDAYS[day];
}

function byComponent(windows: readonly ResolvedServiceWindow[]): [string, ResolvedServiceWindow[]][] {
  const found = new Map<string, ResolvedServiceWindow[]>();
  for (const window of windows) found.set(window.component, [...(found.get(window.component) ?? []), window]);
  return [...found];
}
