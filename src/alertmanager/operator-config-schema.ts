import { isMap } from '../kubernetes/manifest.js';
import { schemaErrors } from '../operator/schema-errors.js';
import { unknownFields, type SchemaModel } from '../operator/strict-schema.js';
import { unknownKey } from '../schema/field-diagnostics.js';
import { expected } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { OperatorAlertmanagerConfig } from './alertmanager-config.js';
import { operatorModels } from './operator-models.js';
import type { Path } from './settings.js';

type Settings = Readonly<Record<string, unknown>>;

/** Problems of an AlertmanagerConfig that the operator's schema refuses. */
export function operatorSchemaProblems(config: OperatorAlertmanagerConfig, path: Path): FieldDiagnostic[] {
  return [
    ...modelProblems(operatorModels().AlertmanagerConfigSpec, config, path),
    ...routesWithin(config.route, [...path, 'route']),
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
