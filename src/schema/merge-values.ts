import * as z from 'zod';
import { isMap, own } from '../kubernetes/manifest.js';
import { mergeShapes } from '../kubernetes-shapes/merge-shapes.js';
import { SHAPES } from './shape-field.js';
import { alternatives, fieldSchema, takesNull } from './schema-walk.js';

type Schema = z.core.$ZodType;
type Fields = Readonly<Record<string, unknown>>;

/**
 * Merges an environment's values into the base's: maps merge, other values replace. Null removes the base's value, and the
 * default applies; for keys that accept null (`resources`, `runAsUser`), it is a value.
 *
 * Null for an unknown key that the base does not contain is kept, and validation reports it.
 * @param keepsNull keeps null for a known key that the base does not contain, too. @default false
 */
export function mergeValues(
  schema: Schema | undefined,
  base: unknown,
  given: unknown,
  keepsNull = false,
): unknown {
  if (!isMap(given)) return given;
  if (alternatives(schema).some((form) => SHAPES.has(form as z.ZodType)))
    return mergeShapes(base, given, true);
  const under: Fields = isMap(base) && haveOneForm(schema, base, given) ? base : {};
  const merged = new Map<string, unknown>(Object.entries(under));
  for (const [key, value] of Object.entries(given)) {
    const field = fieldSchema(schema, key);
    if (value !== null || takesNull(field)) merged.set(key, mergeValues(field, own(under, key), value, keepsNull));
    else if (Object.hasOwn(under, key) || (!keepsNull && isKnown(schema, key))) merged.delete(key);
    else merged.set(key, null);
  }
  return Object.fromEntries(merged);
}

/**
 * Merges values into those of an environment, so that they hold over the base: null for a value of the base stays null.
 * It is the inverse of `mergeValues`: an environment with these values has the values that were set.
 */
export function mergeIntoEnvironment(
  schema: Schema | undefined,
  base: unknown,
  given: unknown,
  set: unknown,
): unknown {
  if (!isMap(set)) return set;
  const under: Fields = isMap(given) && haveOneForm(schema, given, set) ? given : {};
  const below: Fields = isMap(base) ? base : {};
  const merged = new Map<string, unknown>(Object.entries(under));
  for (const [key, value] of Object.entries(set)) {
    const field = fieldSchema(schema, key);
    const isRemoved = value === null && !takesNull(field) && !Object.hasOwn(below, key);
    if (isRemoved && (Object.hasOwn(under, key) || isKnown(schema, key))) merged.delete(key);
    else merged.set(key, mergeIntoEnvironment(field, own(below, key), own(under, key), value));
  }
  return Object.fromEntries(merged);
}

/** Of a value with several forms (`{ secret, key }`, `{ configMap, key }`), only values of the same form merge. */
function haveOneForm(schema: Schema | undefined, base: Fields, given: Fields): boolean {
  const forms = alternatives(schema).filter((form) => form instanceof z.ZodObject);
  if (forms.length <= 1) return true;
  const keys = [...Object.keys(base), ...Object.keys(given)];
  return forms.some((form) => keys.every((key) => isKnown(form, key)));
}

/** Whether the schema contains the key; it does not contain the keys of a record. */
function isKnown(schema: Schema | undefined, key: string): boolean {
  return alternatives(schema).some((form) => form instanceof z.ZodObject && Object.hasOwn(form.shape, key));
}
