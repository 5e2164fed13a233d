import { PUT_IN_QUOTES } from '../diagnostics/expected.js';
import { resolved, type Fits, type ShapeSchema } from './shapes.js';

type Properties = Readonly<Record<string, ShapeSchema>>;

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

/** Names, paths and ranges of addresses: other texts may be secrets. */
const NAME = /^(?:[A-Za-z/][A-Za-z0-9./-]{0,62}|[0-9a-f.:]{2,39}\/[0-9]{1,3})$/;

/** Shapes whose empty map means something: a directory without a limit, all pods. */
const MEANT_EMPTY = /\/(?:EmptyDirVolumeSource|LabelSelector)$/;

/** The map with the value in its only field that may be meant: `secret: shop` is `{ secretName: shop }`. */
function mapWith(schema: ShapeSchema, value: unknown, fits: Fits): string | undefined {
  if (value === true || value === '') return MEANT_EMPTY.test(schema.$ref ?? '') ? 'write {}' : undefined;
  const { properties = {}, required = [] } = resolved(schema);
  if (isAmount(value)) return withAmount(properties, value);
  if (typeof value === 'string' ? !NAME.test(value) : typeof value !== 'number') return undefined;
  if (typeof value === 'string' && value.startsWith('/') && properties['path'] !== undefined)
    return withPath(value, required);
  const [field, ...others] = required.length > 0 ? required : namesAmong(properties, value, fits);
  const one = properties[field ?? ''];
  if (
    one === undefined ||
    others.length > 0 ||
    one.writeInstead !== undefined ||
    !fits(one, inItsCase(one, value))
  )
    return undefined;
  // The text may be the name of the object whose key is missing.
  if (field === 'key' && Object.hasOwn(properties, 'name')) return undefined;
  // A port takes any text.
  if (typeof value === 'string' && resolved(one).type !== 'string') return undefined;
  return `write { ${field}: ${String(inItsCase(one, value))} }`;
}

/** An amount with a unit of bytes: `10Gi`. */
function isAmount(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9][0-9.]{0,9}[KMGTPE]i?$/.test(value);
}

/** The map with an amount in its only field for one: `claim: 10Gi` is `{ size: 10Gi }`. */
function withAmount(properties: Properties, amount: string): string | undefined {
  const [field, ...others] = Object.keys(properties).filter((name) => {
    const { format, writeInstead } = resolved(properties[name] ?? {});
    return format === 'quantity' && writeInstead === undefined;
  });
  return field === undefined || others.length > 0 ? undefined : `write { ${field}: ${amount} }`;
}

/** The map with a path, and the other fields that it needs: `httpGet: /up` is `{ path: /up, port: … }`. */
function withPath(path: string, required: readonly string[]): string {
  const others = required.filter((field) => field !== 'path').map((field) => `, ${field}: …`);
  return `write { path: ${path}${others.join('')} }`;
}

/** A word of Kubernetes in the case of Kubernetes. */
function inItsCase(schema: ShapeSchema, value: unknown): unknown {
  const word = typeof value === 'string' ? value.toLowerCase() : undefined;
  return resolved(schema).enum?.find((choice) => String(choice).toLowerCase() === word) ?? value;
}

/** The fields that are a name or a type. */
function namesAmong(properties: Properties, value: unknown, fits: Fits): readonly string[] {
  return Object.entries(properties).flatMap(([field, schema]) =>
    /(^n|N)ame$|^type$/.test(field) && fits(schema, inItsCase(schema, value)) ? [field] : [],
  );
}
