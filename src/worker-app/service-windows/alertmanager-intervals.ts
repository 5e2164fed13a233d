import type { Day } from '../worker-app-props.js';
import type { ResolvedServiceWindow } from './service-windows-key.js';
import { weeklyHours, type WeeklyHours } from './time-intervals.js';
import { fixedOffset } from '../../schema/time-zone.js';

/** A component's windows together, as Alertmanager knows them. */
export interface TimeInterval {
  readonly component: string;
  /** Each with the time zone of its hours. */
  readonly hours: readonly (WeeklyHours & { readonly timeZone: string })[];
}

/** Every component's windows, each by its own clock. */
export function timeIntervals(windows: readonly ResolvedServiceWindow[]): TimeInterval[] {
  return byComponent(windows).map(([component, own]) => ({
    component,
    hours: own.flatMap((window) =>
      weeklyHours(window).map((hours) => ({ ...hours, timeZone: window.timeZone })),
    ),
  }));
}

/**
 * The windows of those components whose clocks are never changed, in UTC. The operator's AlertmanagerConfig knows no
 * other time zone (prometheus-operator#5512), and hours of UTC would be wrong for half a year where clocks change.
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
