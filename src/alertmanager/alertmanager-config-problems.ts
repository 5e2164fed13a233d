import { didYouMean, shown } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';
import type { AlertmanagerConfig } from './alertmanager-cluster-props.js';
import { plainSecrets } from './plain-secrets.js';

type Path = readonly (string | number)[];

/**
 * What is wrong in Alertmanager's configuration and can be seen without Alertmanager: names that nothing has, times that
 * cross midnight, secrets in plain. `amtool check-config` checks the rest.
 */
export function configProblems(config: AlertmanagerConfig, path: Path): FieldProblem[] {
  const receivers = config.receivers.map(({ name }) => name);
  const intervals = (config.time_intervals ?? []).map(({ name }) => name);
  return [
    ...repeated(receivers, [...path, 'receivers'], 'receiver'),
    ...repeated(intervals, [...path, 'time_intervals'], 'time interval'),
    ...routeProblems(config.route, [...path, 'route'], { receivers, intervals }),
    ...(config.time_intervals ?? []).flatMap((interval, i) =>
      timeProblems(interval, [...path, 'time_intervals', i]),
    ),
    ...plainSecrets(config, path),
  ];
}

interface Names {
  readonly receivers: readonly string[];
  readonly intervals: readonly string[];
}

function routeProblems(route: unknown, path: Path, names: Names): FieldProblem[] {
  if (!isMap(route)) return [{ path, message: 'expected a map, as a route is' }];
  const { receiver, routes } = route;
  const problems =
    receiver === undefined ? [] : unknownName(receiver, names.receivers, [...path, 'receiver'], 'receiver');
  for (const key of ['mute_time_intervals', 'active_time_intervals']) {
    const wanted = route[key];
    if (!Array.isArray(wanted)) continue;
    problems.push(
      ...wanted.flatMap((name, i) => unknownName(name, names.intervals, [...path, key, i], 'time interval')),
    );
  }
  const inner = Array.isArray(routes) ? routes : [];
  return [...problems, ...inner.flatMap((one, i) => routeProblems(one, [...path, 'routes', i], names))];
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

/** Alertmanager takes a range within one day only. */
function timeProblems(interval: Readonly<Record<string, unknown>>, path: Path): FieldProblem[] {
  return listOf(interval['time_intervals']).flatMap((part, i) =>
    listOf(isMap(part) ? part['times'] : undefined).flatMap((range, j) => {
      const { start_time: start, end_time: end } = isMap(range) ? range : {};
      if (typeof start !== 'string' || typeof end !== 'string' || start < end) return [];
      const message = `${start} to ${end} crosses midnight, which a range cannot; write two, ${start} to 24:00 and 00:00 to ${end}`;
      return [{ path: [...path, 'time_intervals', i, 'times', j], message }];
    }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
