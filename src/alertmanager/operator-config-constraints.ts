import { listAt, mapAt, own, textListAt } from '../kubernetes/manifest.js';
import { expected } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import { FORMATS, isDaysOfMonth, WEEKDAYS } from './config-formats.js';
import { isRegularExpression } from './matchers.js';
import { operatorReceiverProblems, type ReceiverOptions } from './operator-receivers.js';
import type { Path } from './settings.js';

type Settings = Readonly<Record<string, unknown>>;

/**
 * Problems of the `spec` of an AlertmanagerConfig that the operator's schema accepts, and its admission webhook, the
 * operator or Alertmanager refuses.
 */
export function operatorConstraintProblems(
  spec: Settings,
  path: Path,
  options: ReceiverOptions,
): FieldDiagnostic[] {
  const items = <T>(list: string, problems: (item: Settings, path: Path) => T[]) =>
    listAt(spec, list).flatMap((item, i) => problems(item, [...path, list, i]));
  return [
    ...routesIn(mapAt(spec, 'route'), [...path, 'route']).flatMap(({ route, path }) => [
      ...matcherProblems(route, 'matchers', path),
      ...zeroDurations(route, path),
    ]),
    ...items('receivers', (receiver, path) => operatorReceiverProblems(receiver, path, options)),
    ...items('inhibitRules', (rule, path) =>
      ['sourceMatch', 'targetMatch'].flatMap((key) => matcherProblems(rule, key, path)),
    ),
    ...items('muteTimeIntervals', rangeProblems),
  ];
}

function routesIn(route: Settings, path: Path): { route: Settings; path: Path }[] {
  return [
    { route, path },
    ...listAt(route, 'routes').flatMap((inner, i) => routesIn(inner, [...path, 'routes', i])),
  ];
}

function matcherProblems(map: Settings, key: string, path: Path): FieldDiagnostic[] {
  return listAt(map, key).flatMap(({ value = '', matchType = '', regex }, i) => {
    const isExpression = matchType === '=~' || matchType === '!~' || (matchType === '' && regex === true);
    return !isExpression || isRegularExpression(scalarText(value))
      ? []
      : [
          {
            path: [...path, key, i, 'value'],
            message: expected("a regular expression in Alertmanager's syntax (RE2)", value),
          },
        ];
  });
}

/** Durations of zero: the schema accepts them, Alertmanager refuses them. */
function zeroDurations(route: Settings, path: Path): FieldDiagnostic[] {
  return ['groupInterval', 'repeatInterval'].flatMap((key) => {
    const value = own(route, key);
    return typeof value === 'string' && /^[0a-z]+$/.test(value)
      ? [{ path: [...path, key], message: expected('a duration above zero', value) }]
      : [];
  });
}

/** Ranges of a time interval, each in the form that Alertmanager's own configuration has. */
const RANGES: Readonly<Record<string, { format: string; text(range: unknown): string }>> = {
  weekdays: { format: 'weekday', text: weekdayNames },
  months: { format: 'month', text: String },
  years: { format: 'year', text: String },
};

function rangeProblems(named: Settings, path: Path): FieldDiagnostic[] {
  return listAt(named, 'timeIntervals').flatMap((interval, i) => {
    const at = [...path, 'timeIntervals', i];
    return [
      ...dayProblems(interval, at),
      ...Object.entries(RANGES).flatMap(([key, { format, text }]) =>
        textListAt(interval, key).flatMap((range, j) => {
          const isRight = FORMATS[format]?.(text(range)) === undefined;
          const message = FORMATS[format]?.(range) ?? '';
          return isRight ? [] : [{ path: [...at, key, j], message }];
        }),
      ),
    ];
  });
}

/** The operator accepts numbers for days, Sunday as 0. */
function weekdayNames(range: unknown): string {
  return String(range).replaceAll(/(?<=^|:)[0-6](?=$|:)/g, (day) => WEEKDAYS[Number(day)] ?? day);
}

function dayProblems(interval: Settings, path: Path): FieldDiagnostic[] {
  return listAt(interval, 'daysOfMonth').flatMap(({ start, end }, j) => {
    if (isDaysOfMonth(`${String(start)}:${String(end)}`)) return [];
    const message = `expected start and end from 1 to 31, or -31 to -1 from the end of the month, got ${String(start)} to ${String(end)}`;
    return [{ path: [...path, 'daysOfMonth', j], message }];
  });
}
