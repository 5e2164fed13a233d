import { unknownKey } from '../fields/field-problems.js';
import { didYouMean, inListAlready, shown } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';
import type {
  AlertmanagerConfig,
  AlertmanagerReceiver,
  AlertmanagerRoute,
  AlertmanagerTimeInterval,
  OperatorAlertmanagerConfig,
} from './alertmanager-cluster-props.js';
import { passwordsInUrls, plainSecrets } from './plain-secrets.js';
import type { Path } from './settings.js';
import { rangeProblems } from './time-range.js';
import { truthProblems } from './truths.js';

/** What a configuration calls the settings that are looked at here. */
interface Words {
  /** The list of time intervals with a name, and that of the intervals in one of them. */
  readonly named: string;
  readonly intervals: string;
  readonly start: string;
  readonly end: string;
  readonly groupBy: string;
  readonly mute: string;
  readonly active: string;
  /** All that a route may have, where nobody else looks at routes within routes. */
  readonly route?: readonly string[];
}

const WORDS: Words = {
  named: 'time_intervals',
  intervals: 'time_intervals',
  start: 'start_time',
  end: 'end_time',
  groupBy: 'group_by',
  mute: 'mute_time_intervals',
  active: 'active_time_intervals',
};

const OPERATOR_WORDS: Words = {
  named: 'muteTimeIntervals',
  intervals: 'timeIntervals',
  start: 'startTime',
  end: 'endTime',
  groupBy: 'groupBy',
  mute: 'muteTimeIntervals',
  active: 'activeTimeIntervals',
  // The operator's schema takes anything for a route within a route.
  route: [
    'receiver',
    'groupBy',
    'groupWait',
    'groupInterval',
    'repeatInterval',
    'matchers',
    'continue',
    'routes',
    'muteTimeIntervals',
    'activeTimeIntervals',
  ],
};

/**
 * What is wrong in Alertmanager's configuration and can be seen without Alertmanager: names that nothing has, times that
 * cross midnight, secrets in plain. `amtool check-config` checks the rest.
 */
export function configProblems(config: AlertmanagerConfig, path: Path): FieldProblem[] {
  const { time_intervals: named = [] } = config;
  return [
    ...namesAndTimes({ ...config, named }, path, WORDS),
    ...truthProblems(config, path),
    ...plainSecrets(config, path),
  ];
}

/** The same for a configuration in the operator's words; its secrets are references, as its schema has it. */
export function operatorConfigProblems(config: OperatorAlertmanagerConfig, path: Path): FieldProblem[] {
  const { muteTimeIntervals: named = [] } = config;
  return [...namesAndTimes({ ...config, named }, path, OPERATOR_WORDS), ...passwordsInUrls(config, path)];
}

/** What both kinds of configuration have. */
interface Named {
  readonly route: AlertmanagerRoute;
  readonly receivers: readonly AlertmanagerReceiver[];
  readonly named: readonly AlertmanagerTimeInterval[];
}

function namesAndTimes(config: Named, path: Path, words: Words): FieldProblem[] {
  const { route, named } = config;
  const receivers = config.receivers.map(({ name }) => name);
  const intervals = named.map(({ name }) => name);
  return [
    ...repeated(receivers, [...path, 'receivers'], 'receiver'),
    ...repeated(intervals, [...path, words.named], 'time interval'),
    ...routeProblems(route, [...path, 'route'], { receivers, intervals }, words),
    ...named.flatMap((interval, i) => timeProblems(interval, [...path, words.named, i], words)),
  ];
}

interface Names {
  readonly receivers: readonly string[];
  readonly intervals: readonly string[];
}

function routeProblems(route: unknown, path: Path, names: Names, words: Words): FieldProblem[] {
  if (!isMap(route)) return [{ path, message: 'expected a map, as a route is' }];
  const { receiver, routes } = route;
  const known = words.route ?? Object.keys(route);
  const texts = (key: string) =>
    listOf(route[key]).map((text, i) => ({ text, path: [...path, key, i] as const }));
  return [
    ...Object.keys(route).flatMap((key) => (known.includes(key) ? [] : [unknownKey([...path, key], known)])),
    ...(receiver === undefined
      ? []
      : unknownName(receiver, names.receivers, [...path, 'receiver'], 'receiver')),
    ...repeatedTexts(texts(words.groupBy)),
    ...[words.mute, words.active].flatMap((key) => [
      ...texts(key).flatMap(({ text, path }) => unknownName(text, names.intervals, path, 'time interval')),
      ...repeatedTexts(texts(key)),
    ]),
    ...listOf(routes).flatMap((one, i) => routeProblems(one, [...path, 'routes', i], names, words)),
  ];
}

/** Alertmanager takes no label twice to group by, and the API server no text twice in any of these lists. */
function repeatedTexts(texts: readonly { readonly text: unknown; readonly path: Path }[]): FieldProblem[] {
  return texts.flatMap(({ text, path }, i) => {
    const first = texts.findIndex((other) => other.text === text);
    return first === i ? [] : [{ path, message: inListAlready(text, first) }];
  });
}

function unknownName(name: unknown, known: readonly string[], path: Path, what: string): FieldProblem[] {
  if (typeof name === 'string' && known.includes(name)) return [];
  const hint = typeof name === 'string' ? didYouMean(name, known) : '';
  const message = `there is no ${what} ${shown(name)}${hint || `; there are ${known.join(', ') || 'none'}`}`;
  return [{ path, message }];
}

function repeated(names: readonly string[], path: Path, what: string): FieldProblem[] {
  return names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [{ path: [...path, i, 'name'], message: `${shown(name)} is the name of another ${what} too` }],
  );
}

function timeProblems(interval: Readonly<Record<string, unknown>>, path: Path, words: Words): FieldProblem[] {
  return listOf(interval[words.intervals]).flatMap((part, i) =>
    listOf(isMap(part) ? part['times'] : undefined).flatMap((range, j) => {
      const at = [...path, words.intervals, i, 'times', j];
      const { [words.start]: start, [words.end]: end } = isMap(range) ? range : {};
      return rangeProblems(start, end).map(({ side, message }) => ({
        path: side === undefined ? at : [...at, words[side]],
        message,
      }));
    }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
