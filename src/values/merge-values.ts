import * as z from 'zod';
import { alternatives, fieldSchema, takesNull } from '../schema/schema-walk.js';

type Schema = z.core.$ZodType;
type Fields = Readonly<Record<string, unknown>>;

/**
 * The values of an environment over those of the base: maps merge, anything else replaces. Null removes what the base
 * says, so that the default applies; where null is a value of its own (`resources`, `runAsUser`), it is that value.
 *
 * Null that has nothing to remove, under a key that the schema does not know, is kept: validation will name it.
 */
export function mergeValues(schema: Schema | undefined, base: unknown, given: unknown): unknown {
  if (!isMap(given)) return given;
  const under: Fields = isMap(base) && haveOneForm(schema, base, given) ? base : {};
  const merged = new Map<string, unknown>(Object.entries(under));
  for (const [key, value] of Object.entries(given)) {
    const field = fieldSchema(schema, key);
    if (value !== null || takesNull(field)) merged.set(key, mergeValues(field, own(under, key), value));
    else if (Object.hasOwn(under, key) || isKnown(schema, key)) merged.delete(key);
    else merged.set(key, null);
  }
  return Object.fromEntries(merged);
}

export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a key that is the map's own, not one that every JavaScript object has. */
export function own(map: Fields, key: string | number): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Where a value has one of several forms (`{ secret, key }`, `{ configMap, key }`), only those of one form merge. */
function haveOneForm(schema: Schema | undefined, base: Fields, given: Fields): boolean {
  const forms = alternatives(schema).filter((form) => form instanceof z.ZodObject);
  if (forms.length <= 1) return true;
  const keys = [...Object.keys(base), ...Object.keys(given)];
  return forms.some((form) => keys.every((key) => isKnown(form, key)));
}

/** Whether the schema names the key; keys of a map that the user names are not known before. */
function isKnown(schema: Schema | undefined, key: string): boolean {
  return alternatives(schema).some((form) => form instanceof z.ZodObject && Object.hasOwn(form.shape, key));
}
