import type { Message } from '../diagnostics/diagnostic.js';
import { expected, PUT_IN_QUOTES, TYPES_IN_WORDS } from '../diagnostics/expected.js';
import { at, listAt, textAt, type Manifest } from '../kubernetes/manifest.js';
import type { SchemaModel } from './strict-schema.js';

/** A value that a schema refuses, and why. */
export interface SchemaError extends Message {
  readonly path: readonly (string | number)[];
}

/** The values that the schema of a model refuses: one error for each field, even if it breaks several conditions. */
export function schemaErrors(model: SchemaModel, value: object): SchemaError[] {
  const broken = brokenConditions(model, value);
  const unquoted = broken.filter(isUnquoted);
  // Quotes help unless the text is invalid too: `interval: 15`.
  const inQuotes = new Map(
    (unquoted.length === 0 ? [] : brokenConditions(model, withTexts(value, unquoted))).map((one) => [
      JSON.stringify(one.path),
      one.conditions,
    ]),
  );
  return broken.map((one) => {
    const { path, value } = one;
    if (value === undefined) return { path, message: expected('a value', value) };
    const still = isUnquoted(one) ? inQuotes.get(JSON.stringify(path)) : undefined;
    const message = expected([...(still ?? one.conditions)].join(' or '), value);
    return { path, message, ...(isUnquoted(one) && still === undefined && { hint: PUT_IN_QUOTES }) };
  });
}

interface Broken {
  readonly path: SchemaError['path'];
  readonly value: unknown;
  readonly conditions: ReadonlySet<string>;
}

function brokenConditions(model: SchemaModel, value: object): Broken[] {
  const broken = new Map<string, Broken>();
  for (const error of errorsOf(model, value)) {
    if (at(error, 'params', 'passingSchemas') === null) continue; // each of its conditions is an error too
    const place = placeOf(error, value);
    const key = JSON.stringify(place.path);
    const before = broken.get(key)?.conditions ?? [];
    broken.set(key, { ...place, conditions: new Set([...before, conditionOf(error)]) });
  }
  return [...broken.values()];
}

/** Whether the value is a number or boolean where text is expected: in YAML, text without quotes. */
function isUnquoted({ value, conditions }: Broken): boolean {
  const isRead = typeof value === 'number' || typeof value === 'boolean';
  return isRead && conditions.size === 1 && conditions.has(TYPES_IN_WORDS.string);
}

function withTexts(root: object, unquoted: readonly Broken[]): object {
  const copy = structuredClone(root);
  for (const { path, value } of unquoted) {
    let parent: unknown = copy;
    for (const key of path.slice(0, -1)) parent = (parent as Record<string | number, unknown>)[key];
    (parent as Record<string | number, unknown>)[path.at(-1) ?? ''] = String(value);
  }
  return copy;
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

/** The field of an error: the one at its JSON pointer, or the one that is missing there. */
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

/** The condition in words: `text`, `one of keep, drop`, `a duration such as 30s`. */
function conditionOf(error: Manifest): string {
  const type = textAt(error, 'params', 'type') ?? '';
  if (Object.hasOwn(TYPES_IN_WORDS, type)) return TYPES_IN_WORDS[type as keyof typeof TYPES_IN_WORDS];
  const values = at(error, 'params', 'allowedValues');
  if (Array.isArray(values)) return `one of ${values.join(', ')}`;
  const pattern = textAt(error, 'params', 'pattern');
  if (pattern === undefined) return `a value that ${String(error['message'])}`;
  return IS_DURATION.test(pattern)
    ? 'a duration such as 30s, 5m or 1h30m (units y, w, d, h, m, s and ms, in this order)'
    : `text that matches ${pattern}`;
}

/** The operator's patterns of durations: `^(0|(([0-9]+)y)?…(([0-9]+)ms)?)$` */
const IS_DURATION = /\(\[0-9\]\+\)s\).*\(\[0-9\]\+\)ms\)/;
