import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { inListAlready, inspect, nearestName } from '../diagnostics/expected.js';
import { isMap, own } from '../kubernetes/manifest.js';
import type {
  AlertmanagerReceiver,
  AlertmanagerRoute,
  AlertmanagerTimeInterval,
} from './alertmanager-config.js';
import type { Path } from './settings.js';
import { rangeProblems } from './time-range.js';

/** The names of the checked settings in one kind of configuration. */
interface Words {
  /** The list of named time intervals, and the list of intervals in one of them. */
  readonly named: string;
  readonly intervals: string;
  readonly start: string;
  readonly end: string;
  readonly groupBy: string;
  readonly mute: string;
  readonly active: string;
  /** Settings by which a route selects alerts. */
  readonly selects: readonly string[];
}

export const WORDS: Words = {
  named: 'time_intervals',
  intervals: 'time_intervals',
  start: 'start_time',
  end: 'end_time',
  groupBy: 'group_by',
  mute: 'mute_time_intervals',
  active: 'active_time_intervals',
  selects: ['matchers', 'match', 'match_re'],
};

export const OPERATOR_WORDS: Words = {
  named: 'muteTimeIntervals',
  intervals: 'timeIntervals',
  start: 'startTime',
  end: 'endTime',
  groupBy: 'groupBy',
  mute: 'muteTimeIntervals',
  active: 'activeTimeIntervals',
  selects: ['matchers'],
};

/** The parts of both kinds of configuration. */
interface Named {
  readonly route: AlertmanagerRoute;
  readonly receivers: readonly AlertmanagerReceiver[];
  readonly named: readonly AlertmanagerTimeInterval[];
}

/** Problems of the first route and those below it, and of the names and time intervals that they refer to. */
export function namesAndTimes(config: Named, path: Path, words: Words): FieldDiagnostic[] {
  const { route, named } = config;
  const receivers = config.receivers.map(({ name }) => name);
  const intervals = named.map(({ name }) => name);
  return [
    ...repeated(receivers, [...path, 'receivers'], 'receiver'),
    ...repeated(intervals, [...path, words.named], 'time interval'),
    ...firstRouteProblems(route, [...path, 'route'], words),
    ...routeProblems(route, [...path, 'route'], { receivers, intervals }, words),
    ...named.flatMap((interval, i) => timeProblems(interval, [...path, words.named, i], words)),
  ];
}

interface Names {
  readonly receivers: readonly string[];
  readonly intervals: readonly string[];
}

/** The first route must receive every alert at any time. */
function firstRouteProblems(route: AlertmanagerRoute, path: Path, words: Words): FieldDiagnostic[] {
  const { selects, mute, active } = words;
  const settings = [...selects, mute, active].filter((key) => isNotEmpty(own(route, key)));
  if (own(route, 'continue') === true) settings.push('continue');
  return settings.map((key) => ({
    path: [...path, key],
    message: 'Alertmanager refuses this setting in the first route, which receives every alert',
    hint: 'move it to a route under routes',
    inKey: true,
  }));
}

/** Problems of a route and those below it. */
export function routeProblems(route: unknown, path: Path, names: Names, words: Words): FieldDiagnostic[] {
  if (!isMap(route)) return [];
  const receiver = own(route, 'receiver');
  const texts = (key: string) =>
    listOf(own(route, key)).map((text, i) => ({ text, path: [...path, key, i] as const }));
  const groupBy = texts(words.groupBy);
  return [
    ...(isUnset(receiver) ? [] : unknownName(receiver, names.receivers, [...path, 'receiver'], 'receiver')),
    ...repeatedTexts(groupBy),
    ...(groupBy.length > 1
      ? groupBy.filter(({ text }) => text === '...').map(({ path }) => ({ path, ...ALL_LABELS }))
      : []),
    ...[words.mute, words.active].flatMap((key) => [
      ...texts(key).flatMap(({ text, path }) => unknownName(text, names.intervals, path, 'time interval')),
      ...repeatedTexts(texts(key)),
    ]),
    ...listOf(own(route, 'routes')).flatMap((one, i) =>
      routeProblems(one, [...path, 'routes', i], names, words),
    ),
  ];
}

const ALL_LABELS = {
  message: '"..." means every label and must be the only item',
  hint: 'remove it, or the others',
};

/** Texts that are twice in a list. Alertmanager refuses them in `group_by`, the API server in all of these lists. */
function repeatedTexts(texts: readonly { readonly text: unknown; readonly path: Path }[]): FieldDiagnostic[] {
  return texts.flatMap(({ text, path }, i) => {
    const first = texts.findIndex((other) => other.text === text);
    return first === i ? [] : [{ path, ...inListAlready(text, first) }];
  });
}

function unknownName(name: unknown, known: readonly string[], path: Path, what: string): FieldDiagnostic[] {
  if (typeof name === 'string' && known.includes(name)) return [];
  const near = typeof name === 'string' ? nearestName(name, known) : undefined;
  const hint = near ?? `there are ${known.join(', ') || 'none'}`;
  return [{ path, message: `there is no ${what} ${inspect(name)}`, hint }];
}

/** Names that are twice in a list. */
export function repeated(names: readonly string[], path: Path, what: string): FieldDiagnostic[] {
  return names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [{ path: [...path, i, 'name'], message: `${inspect(name)} is the name of another ${what} too` }],
  );
}

/** Problems of the times of a named time interval. */
export function timeProblems(
  interval: Readonly<Record<string, unknown>>,
  path: Path,
  words: Words,
): FieldDiagnostic[] {
  return listOf(interval[words.intervals]).flatMap((part, i) =>
    listOf(isMap(part) ? part['times'] : undefined).flatMap((range, j) => {
      const at = [...path, words.intervals, i, 'times', j];
      const { [words.start]: start, [words.end]: end } = isMap(range) ? range : {};
      return rangeProblems(start, end).map(({ side, ...problem }) => ({
        ...problem,
        path: side === undefined ? at : [...at, words[side]],
      }));
    }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isNotEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
