import { isMap, listAt, mapAt } from '../kubernetes/manifest.js';
import { schemaErrors } from '../operator/schema-errors.js';
import { unknownFields, type SchemaModel } from '../operator/strict-schema.js';
import { unknownKey } from '../schema/field-diagnostics.js';
import { expected } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import type { OperatorAlertmanagerConfig } from './alertmanager-config.js';
import { FORMATS, isDaysOfMonth } from './config-formats.js';
import { isRegularExpression } from './matchers.js';
import { operatorModels } from './operator-models.js';
import { requirementProblems } from './required-settings.js';
import { OPERATOR_HTTP, OPERATOR_REQUIREMENTS } from './section-requirements.js';
import type { Path } from './settings.js';

type Settings = Readonly<Record<string, unknown>>;

/** Problems of an AlertmanagerConfig that the API server, the operator or Alertmanager would refuse. */
export function operatorSchemaProblems(config: OperatorAlertmanagerConfig, path: Path): FieldDiagnostic[] {
  const { route, receivers, inhibitRules = [], muteTimeIntervals = [] } = config;
  return [
    ...modelProblems(operatorModels().AlertmanagerConfigSpec, config, path),
    ...routesWithin(route, [...path, 'route']),
    ...routesIn(route, [...path, 'route']).flatMap(({ route, path }) => [
      ...matcherProblems(route, 'matchers', path),
      ...zeroDurations(route, path),
    ]),
    ...receivers.flatMap((receiver, i) => receiverProblems(receiver, [...path, 'receivers', i])),
    ...inhibitRules.flatMap((rule, i) =>
      ['sourceMatch', 'targetMatch'].flatMap((key) =>
        matcherProblems(rule, key, [...path, 'inhibitRules', i]),
      ),
    ),
    ...muteTimeIntervals.flatMap((named, i) => dayProblems(named, [...path, 'muteTimeIntervals', i])),
  ];
}

function modelProblems(model: SchemaModel, value: object, path: Path): FieldDiagnostic[] {
  return [
    ...unknownFields(model, value).map((unknown) => unknownKey([...path, ...unknown.path], unknown.known)),
    ...schemaErrors(model, value).map((error) => ({ ...error, path: [...path, ...error.path] })),
  ];
}

/** Problems of inner routes. The operator's schema accepts any value for them. */
function routesWithin(route: Settings, path: Path): FieldDiagnostic[] {
  const routes = Object.hasOwn(route, 'routes') ? route['routes'] : undefined;
  if (!Array.isArray(routes)) return [];
  return routes.flatMap((inner: unknown, i) => {
    const at = [...path, 'routes', i];
    return isMap(inner)
      ? [...modelProblems(operatorModels().Route, inner, at), ...routesWithin(inner, at)]
      : [{ path: at, message: expected('a map', inner) }];
  });
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
    const value = Object.hasOwn(route, key) ? route[key] : undefined;
    return typeof value === 'string' && /^[0a-z]+$/.test(value)
      ? [{ path: [...path, key], message: expected('a duration above zero', value) }]
      : [];
  });
}

/** Addresses and URLs whose format the schema does not check. */
const FORMATTED: readonly { readonly list: string; readonly key: string; readonly format: string }[] = [
  { list: 'emailConfigs', key: 'smarthost', format: 'hostPort' },
  { list: 'webhookConfigs', key: 'url', format: 'templateUrl' },
  { list: 'pushoverConfigs', key: 'url', format: 'templateUrl' },
  { list: 'snsConfigs', key: 'apiURL', format: 'templateUrl' },
];

function receiverProblems(receiver: Settings, path: Path): FieldDiagnostic[] {
  const integrations = Object.keys(receiver).flatMap((list) =>
    listAt(receiver, list).map((settings, i) => ({ list, settings, path: [...path, list, i] })),
  );
  return integrations.flatMap(({ list, settings, path }) => [
    ...requirementProblems(own(OPERATOR_REQUIREMENTS, list) ?? [], settings, path),
    ...requirementProblems(OPERATOR_HTTP, mapAt(settings, 'httpConfig'), [...path, 'httpConfig']),
    ...FORMATTED.filter((one) => one.list === list && Object.hasOwn(settings, one.key)).flatMap(
      ({ key, format }) => {
        const message = settings[key] === '' ? undefined : FORMATS[format]?.(settings[key]);
        return message === undefined ? [] : [{ path: [...path, key], message }];
      },
    ),
  ]);
}

function dayProblems(named: Settings, path: Path): FieldDiagnostic[] {
  return listAt(named, 'timeIntervals').flatMap((interval, i) =>
    listAt(interval, 'daysOfMonth').flatMap((days, j) => {
      const { start, end } = days;
      if (isDaysOfMonth(`${String(start)}:${String(end)}`)) return [];
      const at = [...path, 'timeIntervals', i, 'daysOfMonth', j];
      const message = `expected start and end from 1 to 31, or -31 to -1 from the end of the month, got ${String(start)} to ${String(end)}`;
      return [{ path: at, message }];
    }),
  );
}

function own<Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
