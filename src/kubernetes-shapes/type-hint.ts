import { PUT_IN_QUOTES } from '../diagnostics/expected.js';
import { resolved, type ShapeSchema } from './shapes.js';

type Fits = (schema: ShapeSchema, value: unknown) => boolean;

/** The fix of a value of the wrong type, if it is known. @param fits whether a field takes a value */
export function typeHint(schema: ShapeSchema, value: unknown, fits: Fits): string | undefined {
  const { type } = resolved(schema);
  if (value === null) return 'remove the line: null removes a field of a map, and this is in a list';
  if (type === 'object') return mapWith(schema, value, fits);
  const isUnquoted = typeof value === 'number' || typeof value === 'boolean';
  if (type === 'string' && isUnquoted) return PUT_IN_QUOTES;
  const inQuotes = type === 'integer' || type === 'boolean' ? IN_QUOTES[type] : undefined;
  return typeof value === 'string' && inQuotes?.test(value) === true ? 'remove the quotes' : undefined;
}

/** Values of each type that are text only because of their quotes. */
const IN_QUOTES = { integer: /^-?[0-9]+$/, boolean: /^(true|false)$/ };

/** Names and paths: other texts may be secrets. */
const NAME = /^[A-Za-z/][A-Za-z0-9./-]{0,62}$/;

/** The map with the value in its only field that may be meant: `secret: shop` is `{ secretName: shop }`. */
function mapWith(schema: ShapeSchema, value: unknown, fits: Fits): string | undefined {
  if (typeof value === 'string' ? !NAME.test(value) : typeof value !== 'number') return undefined;
  const { properties = {}, required = [] } = resolved(schema);
  const [field, ...others] = required.length > 0 ? required : namesAmong(properties, value, fits);
  const one = properties[field ?? ''];
  if (one === undefined || others.length > 0 || one.writeInstead !== undefined || !fits(one, value))
    return undefined;
  // The text may be the name of the object whose key is missing.
  if (field === 'key' && Object.hasOwn(properties, 'name')) return undefined;
  // A port takes any text.
  if (typeof value === 'string' && resolved(one).type !== 'string') return undefined;
  return `write { ${field}: ${value} }`;
}

/** The fields that are a name or a type. */
function namesAmong(
  properties: Readonly<Record<string, ShapeSchema>>,
  value: unknown,
  fits: Fits,
): readonly string[] {
  return Object.entries(properties).flatMap(([field, schema]) =>
    /(^n|N)ame$|^type$/.test(field) && fits(schema, value) ? [field] : [],
  );
}
