import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { DAYS } from '../../../src/worker-app/service-windows/service-windows-key.js';
import type { ServiceWindow } from '../../../src/worker-app/worker-app-props.js';
import { weeklyHours } from '../../../src/worker-app/service-windows/time-intervals.js';
import { checkTimeZone, fixedOffset, nearestTimeZone } from '../../../src/schema/time-zone.js';

const WEEK = 7 * 24 * 60;

const window = (days: ServiceWindow['days'], start: string, end: string): ServiceWindow => ({
  component: 'c',
  days,
  start,
  end,
});

/** `Mon Tue 08:00-18:00` */
const written = (given: ServiceWindow, ahead?: number) =>
  weeklyHours(given, ahead).map(({ days, start, end }) => `${days.join(' ')} ${start}-${end}`);

describe('hours of a window', () => {
  test.each<[ServiceWindow, string[]]>([
    [window(['Mon', 'Tue'], '08:00', '18:00'), ['Mon Tue 08:00-18:00']],
    [window(['Tue', 'Mon', 'Tue'], '08:00', '18:00'), ['Mon Tue 08:00-18:00']],
    [window(['Mon'], '22:00', '06:00'), ['Mon 22:00-24:00', 'Tue 00:00-06:00']],
    [window(['Sun'], '22:00', '06:00'), ['Sun 22:00-24:00', 'Mon 00:00-06:00']],
    [window(['Fri', 'Sat', 'Sun'], '22:00', '06:00'), ['Fri Sat Sun 22:00-24:00', 'Mon Sat Sun 00:00-06:00']],
    [window(['Mon'], '22:00', '00:00'), ['Mon 22:00-24:00']],
    [window(['Mon'], '00:00', '00:00'), ['Mon 00:00-24:00']],
    [window(['Mon'], '08:00', '08:00'), ['Mon 08:00-24:00', 'Tue 00:00-08:00']],
    [window(['Mon'], '23:59', '00:01'), ['Mon 23:59-24:00', 'Tue 00:00-00:01']],
  ])('%j are cut at midnight', (given, expected) => {
    expect(written(given)).toEqual(expected);
  });

  test.each<[ServiceWindow, number, string[]]>([
    [window(['Mon'], '08:00', '18:00'), 9 * 60, ['Mon 00:00-09:00', 'Sun 23:00-24:00'].toReversed()],
    [window(['Mon'], '08:00', '18:00'), 330, ['Mon 02:30-12:30']],
    [window(['Sun'], '20:00', '23:00'), -5 * 60, ['Mon 01:00-04:00']],
    [window(['Sat'], '00:00', '00:00'), 60, ['Fri 23:00-24:00', 'Sat 00:00-23:00']],
  ])('%j by a clock that is behind by %d minutes', (given, ahead, expected) => {
    expect(written(given, ahead)).toEqual(expected);
  });

  const times = fc
    .integer({ min: 0, max: 1439 })
    .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
  const windows = fc.record({
    component: fc.constant('c'),
    days: fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }),
    start: times,
    end: times,
  });

  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

  test('cover the minutes of the window, each once or where windows overlap, and no other', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: -840, max: 840 }), (given, ahead) => {
        const covered = new Set<number>();
        for (const { days, start, end } of weeklyHours(given, ahead)) {
          expect(start < end).toBe(true);
          for (const day of days) {
            for (let minute = minutesOf(start); minute < minutesOf(end); minute++)
              covered.add(DAYS.indexOf(day) * 1440 + minute);
          }
        }
        const meant = new Set<number>();
        for (const day of given.days) {
          const begin = DAYS.indexOf(day) * 1440 + minutesOf(given.start);
          const length = (minutesOf(given.end) - minutesOf(given.start) + 1440) % 1440 || 1440;
          for (let i = 0; i < length; i++) meant.add((begin + i - ahead + 2 * WEEK) % WEEK);
        }
        expect([...covered].toSorted((a, b) => a - b)).toEqual([...meant].toSorted((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });
});

describe('time zones', () => {
  test.each([
    'UTC',
    'Europe/Amsterdam',
    'Asia/Kolkata',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+5',
    'America/Port-au-Prince',
  ])('%s is one', (name) => {
    expect(() => checkTimeZone(name)).not.toThrow();
  });

  test.each([
    '',
    'europe/amsterdam',
    'Europe/amsterdam',
    'EUROPE/AMSTERDAM',
    'Europe/Amsterdamn',
    '+01:00',
    'utc',
    'Mars/Olympus',
    'Local',
    'localtime',
    'Factory',
    'toString',
    'BST',
    'PST',
    'IST',
    'Gmt',
    'ETC/UTC',
    'Asia/KOLKATA',
    'US/EASTERN',
    'EUROPE/KYIV',
    'SystemV/PST8',
  ])('%j is none', (name) => {
    expect(() => checkTimeZone(name)).toThrow(
      `expected an IANA time zone such as Europe/Amsterdam or UTC, got ${JSON.stringify(name)}`,
    );
  });

  test.each([
    ['utc', 'UTC'],
    ['Gmt', 'GMT'],
    ['EUROPE/KYIV', 'Europe/Kyiv'],
    ['Europe/Amsterdamn', 'Europe/Amsterdam'],
    ['America/Buenos_Aire', 'America/Buenos_Aires'],
    ['Irann', 'Iran'],
  ])('%s was likely meant to be %s', (name, near) => {
    expect(nearestTimeZone(name)).toBe(`did you mean "${near}"?`);
  });

  test.each(['BST', 'PST', 'IST', 'AEST', 'Mars/Olympus', 'Factory', '', 5])(
    'what %j was meant to be is not guessed',
    (name) => {
      expect(nearestTimeZone(name)).toBeUndefined();
    },
  );

  test.each([
    ['UTC', 0],
    ['Asia/Kolkata', 330],
    ['America/Phoenix', -420],
    ['Etc/GMT+5', -300],
    ['Australia/Eucla', 525],
    ['Europe/Amsterdam', undefined],
    ['America/New_York', undefined],
    ['Africa/Casablanca', undefined],
    ['Australia/Lord_Howe', undefined],
  ])('%s is ahead of UTC by %p minutes all year', (name, expected) => {
    expect(fixedOffset(name)).toBe(expected);
  });
});
