import { isMap, listAt } from '../kubernetes/manifest.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import { expected, nearestName, inListAlready, inspect } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type {
  AlertmanagerConfig,
  AlertmanagerReceiver,
  AlertmanagerRoute,
  AlertmanagerTimeInterval,
  OperatorAlertmanagerConfig,
} from './alertmanager-config.js';
import { sectionsIn, valueProblemsIn, type Section } from './config-schema.js';
import { operatorRuleProblems } from './operator-config-rules.js';
import { operatorSchemaProblems } from './operator-config-schema.js';
import { passwordsInUrls, plainSecrets, SLACK_WITH_TOKEN } from './plain-secrets.js';
import { givenTwice, isSet, requirementProblems } from './required-settings.js';
import { SECTION_REQUIREMENTS } from './section-requirements.js';
import type { Path } from './settings.js';
import { rangeProblems } from './time-range.js';

type Settings = Readonly<Record<string, unknown>>;

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

const WORDS: Words = {
  named: 'time_intervals',
  intervals: 'time_intervals',
  start: 'start_time',
  end: 'end_time',
  groupBy: 'group_by',
  mute: 'mute_time_intervals',
  active: 'active_time_intervals',
  selects: ['matchers', 'match', 'match_re'],
};

const OPERATOR_WORDS: Words = {
  named: 'muteTimeIntervals',
  intervals: 'timeIntervals',
  start: 'startTime',
  end: 'endTime',
  groupBy: 'groupBy',
  mute: 'muteTimeIntervals',
  active: 'activeTimeIntervals',
  selects: ['matchers'],
};

/** Problems of a configuration: settings that Alertmanager refuses, and secrets in plain text. */
export function configProblems(config: AlertmanagerConfig, path: Path): FieldDiagnostic[] {
  const { time_intervals: named = [] } = config;
  return onePerField([
    ...namesAndTimes({ ...config, named }, path, WORDS),
    ...valueProblemsIn(config, path),
    ...sectionsIn(config, path).flatMap((section) => sectionProblems(section, config.global)),
    ...plainSecrets(config, path),
  ]);
}

function sectionProblems({ name, settings, path }: Section, global: Settings | undefined): FieldDiagnostic[] {
  const requirements = Object.hasOwn(SECTION_REQUIREMENTS, name) ? SECTION_REQUIREMENTS[name] : [];
  return [
    ...requirementProblems(requirements ?? [], settings, path, global ?? {}),
    ...givenTwice(settings, path),
    ...(name === 'Slack' ? updatedMessage(settings, path) : []),
    ...(name === 'Global' ? twoWaysToSlack(settings, path) : []),
  ];
}

function twoWaysToSlack(global: Settings, path: Path): FieldDiagnostic[] {
  const token = ['slack_app_token', 'slack_app_token_file'].find((key) => isSet(global, key));
  const url = ['slack_api_url', 'slack_api_url_file'].find((key) => isSet(global, key));
  const ofApps = own(global, 'slack_app_url') ?? SLACK_WITH_TOKEN;
  if (token === undefined || url === undefined || global[url] === ofApps) return [];
  return [
    { path: [...path, token], message: `there is ${url} too`, hint: 'remove one of the two', inKey: true },
  ];
}

function updatedMessage(settings: Settings, path: Path): FieldDiagnostic[] {
  if (own(settings, 'update_message') !== true || own(settings, 'api_url') === SLACK_WITH_TOKEN) return [];
  const message = 'Slack updates only messages of bots';
  const hint = `set api_url: ${SLACK_WITH_TOKEN} and a token in http_config.authorization, or remove it`;
  return [{ path: [...path, 'update_message'], message, hint }];
}

/** Problems of an AlertmanagerConfig of the operator. Its secrets are references. */
export function operatorConfigProblems(config: OperatorAlertmanagerConfig, path: Path): FieldDiagnostic[] {
  const { muteTimeIntervals: named = [] } = config;
  return onePerField([
    ...namesAndTimes({ ...config, named }, path, OPERATOR_WORDS),
    ...operatorSchemaProblems(config, path),
    ...operatorRuleProblems({ ...config }, path, { mayHaveGlobal: false }),
    ...passwordsInUrls(config, path),
  ]);
}

/**
 * Problems of the `spec` of any AlertmanagerConfig (v1alpha1) beside other ones: the operator puts its first route under
 * a route of its own. The operator's schema is not asked.
 */
export function operatorObjectProblems(spec: Settings, path: Path): FieldDiagnostic[] {
  const names = (list: string) => listAt(spec, list).map(({ name }) => scalarText(name));
  const [receivers, intervals] = [names('receivers'), names('muteTimeIntervals')];
  return onePerField([
    ...repeated(receivers, [...path, 'receivers'], 'receiver'),
    ...repeated(intervals, [...path, 'muteTimeIntervals'], 'time interval'),
    ...(isMap(spec['route']) && isUnset(own(spec['route'], 'receiver'))
      ? [{ path: [...path, 'route', 'receiver'], message: expected('the name of a receiver', undefined) }]
      : []),
    ...routeProblems(spec['route'], [...path, 'route'], { receivers, intervals }, OPERATOR_WORDS),
    ...listAt(spec, 'muteTimeIntervals').flatMap((interval, i) =>
      timeProblems(interval, [...path, 'muteTimeIntervals', i], OPERATOR_WORDS),
    ),
    ...operatorRuleProblems(spec, path, { mayHaveGlobal: true }),
  ]);
}

/** The first problem of each field. */
function onePerField(problems: readonly FieldDiagnostic[]): FieldDiagnostic[] {
  return [
    ...new Map(problems.toReversed().map((problem) => [JSON.stringify(problem.path), problem])).values(),
  ].toReversed();
}

/** The parts of both kinds of configuration. */
interface Named {
  readonly route: AlertmanagerRoute;
  readonly receivers: readonly AlertmanagerReceiver[];
  readonly named: readonly AlertmanagerTimeInterval[];
}

function namesAndTimes(config: Named, path: Path, words: Words): FieldDiagnostic[] {
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

function routeProblems(route: unknown, path: Path, names: Names, words: Words): FieldDiagnostic[] {
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

function repeated(names: readonly string[], path: Path, what: string): FieldDiagnostic[] {
  return names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [{ path: [...path, i, 'name'], message: `${inspect(name)} is the name of another ${what} too` }],
  );
}

function timeProblems(
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

function own(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isNotEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
