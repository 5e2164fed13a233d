import { dumpInline } from '../../yaml/dump-yaml.js';
import { isMap } from '../../kubernetes/manifest.js';
import type { JsonSchema, Schemas } from './subschemas.js';

// The text that yaml-language-server inserts when a user accepts a key: always a valid value, with a field to type over. It reads
// a snippet only if a schema has no more than one of `default`, `defaultSnippets` and the values of `enum`.

/** `CompletionItemKind.Property` of the Language Server Protocol. */
const PROPERTY = 10;

/**
 * The value that completes a key: the default if it is a plain value, otherwise the example. In an item of a list, a map
 * is on one line: the language server does not indent more lines below the dash.
 */
export function completionOf(property: JsonSchema, isInItem: boolean): JsonSchema {
  const { default: fallback, examples: _, ...form } = property;
  if (isPlain(fallback)) return { default: fallback };
  const value = completedValue(property);
  if (value === undefined) return {};
  if (Array.isArray(value)) return completedList(value);
  const body = isInItem && isMap(value) ? field(value, 1) : snippetBody(form, value);
  return { defaultSnippets: [{ label: labelOf(form, value), body, suggestionKind: PROPERTY }] };
}

/** A number, a boolean, or a text that the language server inserts as it is. */
function isPlain(value: unknown): boolean {
  return typeof value === 'string'
    ? !NEEDS_ESCAPE.test(value)
    : value !== undefined && typeof value !== 'object';
}

const NEEDS_ESCAPE = /[$}\\]/;

/** Whether the values are offered one by one. */
function hasFixedValues(schema: JsonSchema): boolean {
  return formsOf(schema).some(({ enum: choices, type }) => choices !== undefined || type === 'boolean');
}

/** A valid value of a schema; undefined if the schema has no example. */
export function exampleOf(schema: JsonSchema): unknown {
  const { examples, const: only, enum: choices, type, items, anyOf = [] } = schema;
  if (Array.isArray(examples)) return examples[0];
  if (only !== undefined) return only;
  if (Array.isArray(choices)) return choices[0];
  if (type === 'boolean') return true;
  if (isMap(items)) return listOf(exampleOf(items));
  return (
    objectOf(schema, exampleOf) ??
    (anyOf as readonly JsonSchema[]).map(exampleOf).find((example) => example !== undefined)
  );
}

function completedValue(schema: JsonSchema): unknown {
  const { default: fallback } = schema;
  if (isPlain(fallback)) return fallback;
  const forms = formsOf(schema);
  if (forms.some(({ type, const: only }) => type === 'boolean' && only === undefined)) return true;
  const map = forms.find(({ properties }) => properties !== undefined);
  const example = exampleOf(schema);
  // The snippet of one key is the completion of that key: the language server then offers it once.
  return map === undefined || (isMap(example) && Object.keys(example).length > 1)
    ? example
    : objectOf(map, completedValue);
}

function listOf(item: unknown): unknown[] | undefined {
  return item === undefined ? undefined : [item];
}

/** An object with the required keys, or with the first key. Undefined if one of them has no example. */
function objectOf(schema: JsonSchema, valueOf: (schema: JsonSchema) => unknown): object | undefined {
  const keys = Object.entries((schema['properties'] ?? {}) as Schemas);
  if (keys.length === 0) return undefined;
  const required = (schema['required'] ?? []) as readonly string[];
  const needed = required.length > 0 ? keys.filter(([key]) => required.includes(key)) : keys.slice(0, 1);
  const entries = needed.map(([key, value]) => [key, valueOf(value)] as const);
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
}

/**
 * A list has no snippet: the language server would offer it for an item, too. It inserts the default of `items`, or the
 * keys of `properties`, which have no meaning for a list.
 */
function completedList([first]: readonly unknown[]): JsonSchema {
  if (!isMap(first)) return { items: { default: first } };
  const keys = Object.entries(first).map(([key, value], i) => [
    `${i === 0 ? '- ' : '  '}${key}`,
    { doNotSuggest: true, anyOf: [{}], default: escaped(dumpInline(value)) },
  ]);
  const properties = Object.fromEntries(keys) as Schemas;
  return { required: Object.keys(properties), properties };
}

function snippetBody(form: JsonSchema, value: unknown): unknown {
  return !isMap(value) && hasFixedValues(form) ? value : withFields(value);
}

/** A value as the body of a snippet, with a field for each text and number. */
function withFields(value: unknown, fields = { count: 0 }): unknown {
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withFields(item, fields)]));
  if (Array.isArray(value)) return value.map((item) => withFields(item, fields));
  fields.count += 1;
  return field(value, fields.count);
}

function field(value: unknown, number: number): string {
  return `\${${number}:${escaped(dumpInline(value))}}`;
}

function escaped(text: string): string {
  return text.replaceAll(new RegExp(NEEDS_ESCAPE, 'g'), '\\$&');
}

/**
 * The keys of an object: the language server joins the snippet of one key with the completion of that key. It does not join
 * that of a list, whose completion has one item: this label is the whole value.
 */
function labelOf(form: JsonSchema, value: unknown): string {
  if (!isMap(value)) return String(value);
  const [first, ...others] = Object.values(value);
  const hasKeys = formsOf(form).some(({ properties }) => properties !== undefined);
  return hasKeys && (others.length > 0 || !Array.isArray(first))
    ? Object.keys(value).join(', ')
    : dumpInline(value).slice(2, -2);
}

function formsOf(schema: JsonSchema): readonly JsonSchema[] {
  return [schema, ...((schema['anyOf'] ?? []) as readonly JsonSchema[])];
}
