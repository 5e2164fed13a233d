import { expected, shown } from '../diagnostics/expected.js';
import { at, listAt, textAt, type Manifest } from '../kubernetes/manifest.js';
import type { SchemaModel } from './strict-schema.js';

/** A value that a schema does not take, and why. */
export interface SchemaError {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The values that the schema of a model does not take: one error a field, however many of its conditions it breaks. */
export function schemaErrors(model: SchemaModel, value: object): SchemaError[] {
  const broken = new Map<string, { path: SchemaError['path']; value: unknown; conditions: Set<string> }>();
  for (const error of errorsOf(model, value)) {
    if (at(error, 'params', 'passingSchemas') === null) continue; // each of its conditions is an error too
    const place = placeOf(error, value);
    const key = JSON.stringify(place.path);
    const { conditions } = broken.get(key) ?? { conditions: new Set() };
    broken.set(key, { ...place, conditions: conditions.add(conditionOf(error)) });
  }
  return [...broken.values()].map(({ path, value, conditions }) => ({
    path,
    message:
      value === undefined
        ? expected('a value', value)
        : `${[...conditions].join(' or ')}, got ${shown(value)}`,
  }));
}

/** The errors of Ajv. */
function errorsOf(model: SchemaModel, value: object): readonly Manifest[] {
  try {
    model.prototype.validate.call(value);
    return [];
  } catch (error) {
    const errors = listAt(error, 'errors');
    if (errors.length === 0) throw error;
    return errors;
  }
}

/** The field that a JSON pointer leads to, or that is missing there. */
function placeOf(error: Manifest, root: object): { path: SchemaError['path']; value: unknown } {
  const keys = (textAt(error, 'instancePath') ?? '').split('/').slice(1);
  const missing = textAt(error, 'params', 'missingProperty') ?? [];
  const path: (string | number)[] = [];
  let value: unknown = root;
  for (const key of keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')).concat(missing)) {
    path.push(Array.isArray(value) ? Number(key) : key);
    value = Array.isArray(value) ? (value[Number(key)] as unknown) : at(value, key);
  }
  return { path, value };
}

/** `must be string`; with the values, where the schema names them. */
function conditionOf(error: Manifest): string {
  const values = at(error, 'params', 'allowedValues');
  return Array.isArray(values) ? `must be one of ${values.join(', ')}` : String(error['message']);
}
