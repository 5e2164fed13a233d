import { isMap, listAt, own } from '../kubernetes/manifest.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import { expected } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { AlertmanagerConfig, OperatorAlertmanagerConfig } from './alertmanager-config.js';
import { sectionsIn, valueProblemsIn, type Section } from './config-schema.js';
import { operatorConstraintProblems } from './operator-config-constraints.js';
import { operatorSchemaProblems } from './operator-config-schema.js';
import { passwordsInUrls, plainSecrets, SLACK_WITH_TOKEN } from './plain-secrets.js';
import { givenTwice, isSet, requirementProblems } from './required-settings.js';
import { SECTION_REQUIREMENTS } from './section-requirements.js';
import {
  isUnset,
  namesAndTimes,
  OPERATOR_WORDS,
  repeated,
  routeProblems,
  timeProblems,
  WORDS,
} from './route-problems.js';
import type { Path } from './settings.js';

type Settings = Readonly<Record<string, unknown>>;

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
    ...operatorConstraintProblems({ ...config }, path, { mayHaveGlobal: false }),
    ...passwordsInUrls(config, path),
  ]);
}

/**
 * Problems of the `spec` of any AlertmanagerConfig (v1alpha1) beside other ones: the operator puts its first route under
 * a route of its own. The operator's schema does not check it here.
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
    ...operatorConstraintProblems(spec, path, { mayHaveGlobal: true }),
  ]);
}

/** The first problem of each field. */
function onePerField(problems: readonly FieldDiagnostic[]): FieldDiagnostic[] {
  return [
    ...new Map(problems.toReversed().map((problem) => [JSON.stringify(problem.path), problem])).values(),
  ].toReversed();
}
