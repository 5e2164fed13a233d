import { z } from 'zod';
import { nearestName } from '../../diagnostics/expected.js';
import { isOptional, schemaAt } from '../../schema/schema-walk.js';
import { documentSchema } from '../document/document-schema.js';
import { exampleOf } from '../json-schema/editor-snippets.js';
import { exampleInPlace, type KeyOnTheWay } from './explain-example.js';
import {
  ANY_NAME,
  formsOf,
  innerSchema,
  jsonSchema,
  pathsIn,
  withNames,
  type Schema,
} from './json-schema-walk.js';
import { DEFAULT_KIND, DEFAULTS, DOCUMENT_KINDS, KINDS, type Kind } from '../kinds.js';

/** The meaning of a key of a values file. */
export interface ExplainedKey {
  /** `metrics.monitor`; undefined for a kind as a whole. */
  readonly key?: string;
  /** The kinds that have this key. */
  readonly kinds: readonly string[];
  readonly meaning: string;
  /** The allowed values, in words. */
  readonly allowed?: string;
  /** The default in YAML, or in words. */
  readonly default?: string;
  readonly isRequired: boolean;
  /** A valid value, with the keys around it. */
  readonly example?: unknown;
  /** The keys in it, each with the first sentence of its meaning. */
  readonly keys: readonly { readonly key: string; readonly meaning: string }[];
  /** Where the reference lists it. */
  readonly reference: string;
}

const REFERENCE = 'docs/values.md';

/**
 * Explains a key, in each kind that has it.
 * @param name `metrics.monitor`, `WorkerApp.metrics.monitor`, or a kind
 */
export function explainKey(name: string): ExplainedKey[] {
  const [first = '', ...rest] = name.replaceAll('[]', '').split('.');
  if (name === 'kind') return [kindKey()];
  if (first === DEFAULTS) return defaultsKeys(rest);
  const isOfKind = Object.hasOwn(KINDS, first);
  const path = isOfKind ? rest : [first, ...rest];
  const found = new Map<string, ExplainedKey>();
  for (const [kind, definition] of kinds()) {
    if (isOfKind && kind !== first) continue;
    const explained = explainedAt(kind, definition, path);
    if (explained === undefined) continue;
    const { kinds: _, reference: __, ...same } = explained;
    const text = JSON.stringify(same);
    const earlier = found.get(text);
    found.set(text, earlier ? { ...earlier, kinds: [...earlier.kinds, kind] } : explained);
  }
  return [...found.values()];
}

/** The key that is not the same in any two kinds. */
function kindKey(): ExplainedKey {
  const [schema = {}, names] = [jsonSchema().properties?.['kind'], DOCUMENT_KINDS];
  const words = { meaning: meaningOf(schema), allowed: names.join(' or '), default: String(schema.default) };
  const example = { kind: names.at(-1) };
  return {
    key: 'kind',
    kinds: names,
    ...words,
    isRequired: false,
    example,
    keys: [],
    reference: REFERENCE,
  };
}

/** Defaults have the keys of an application, except its name. */
function defaultsKeys(path: readonly string[]): ExplainedKey[] {
  const { description, properties = {} } = jsonSchema().definitions[DEFAULTS] as Schema;
  if (path.length > 0 && !Object.hasOwn(properties, path[0] ?? '')) return [];
  return explainKey([DEFAULT_KIND, ...path].join('.')).map((key) =>
    path.length > 0
      ? { ...key, kinds: [DEFAULTS], isRequired: false }
      : {
          ...key,
          kinds: [DEFAULTS],
          meaning: description ?? '',
          keys: key.keys.filter(({ key: name }) => Object.hasOwn(properties, name)),
          reference: `${REFERENCE}#defaults`,
        },
  );
}

/** A hint for an unknown name: keys that end with it, or the nearest key or application. */
export function nearestKey(name: string, applications: readonly string[]): string | undefined {
  const keys = kinds().flatMap(([, definition]) => pathsIn(definition));
  const ending = [...new Set(keys.filter((key) => key.endsWith(`.${name}`)))];
  if (ending.length > 0) return `did you mean ${ending.slice(0, MOST_NAMED).join(' or ')}?`;
  return nearestName(name, [...applications, ...new Set(keys), ...DOCUMENT_KINDS]);
}

const MOST_NAMED = 3;

function kinds(): [string, Schema][] {
  return Object.entries(jsonSchema().definitions).filter(([name]) => Object.hasOwn(KINDS, name));
}

function explainedAt(kind: string, definition: Schema, path: readonly string[]): ExplainedKey | undefined {
  let isFree = false;
  let schema: Schema = definition;
  const inValues: (string | number)[] = [];
  const way: KeyOnTheWay[] = [];
  const named = withNames(definition, path);
  for (const step of named) {
    const inner = innerSchema(schema, step);
    if (inner === undefined) return undefined;
    const key = step === ANY_NAME ? nameIn(schema) : step;
    inValues.push(...(inner.isInItem ? [0, key] : [key]));
    ({ schema, isFree } = inner);
    way.push({
      path: [...inValues],
      example: exampleOf(schema as never),
      isFree,
      required: requiredIn(inner.beside),
    });
  }
  const example = exampleInPlace(kind as Kind, way);
  const field = schemaAt(documentSchema(kind as Kind), inValues);
  const keys = keysIn(schema);
  const words = path.length === 0 ? undefined : allowedIn(field, schema);
  const allowed = keys.length > 0 && words?.startsWith('a map') ? undefined : words; // the keys say it
  const section = path[0] === 'delivery' ? 'delivery-of-every-kind' : kind.toLowerCase();
  return {
    ...(path.length > 0 && { key: named.join('.') }),
    kinds: [kind],
    meaning:
      path.length > 0 ? (formsOf(schema).map(meaningOf).find(Boolean) ?? '') : `The keys of kind ${kind}.`,
    ...(allowed !== undefined && { allowed }),
    ...withDefault(schema),
    isRequired: !isFree && path.length > 0 && field !== undefined && !isOptional(field),
    ...(example !== undefined && { example }),
    keys,
    reference: `${REFERENCE}#${section}`,
  };
}

/** The first name in the example of a map. */
function nameIn(schema: Schema): string {
  return Object.keys((exampleOf(schema as never) ?? {}) as object)[0] ?? ANY_NAME;
}

/** The required keys of a map, with examples. */
function requiredIn({ properties = {}, required = [] }: Schema): object {
  return Object.fromEntries(required.map((key) => [key, exampleOf(properties[key] as never)]));
}

function keysIn(schema: Schema): ExplainedKey['keys'] {
  const keys = new Map<string, string>();
  for (const { properties = {} } of formsOf(schema))
    for (const [key, about] of Object.entries(properties))
      if (!keys.has(key)) keys.set(key, firstSentence(meaningOf(about)));
  return [...keys].map(([key, meaning]) => ({ key, meaning }));
}

/** The words in which the key refuses a value that nobody can write. */
function allowedIn(field: ReturnType<typeof schemaAt>, schema: Schema): string | undefined {
  const [issue] = (field === undefined ? undefined : z.safeParse(field, NOTHING))?.error?.issues ?? [];
  const words = /^expected (.*), got a symbol/s.exec(issue?.message ?? '')?.[1];
  const choices = schema.enum?.filter((choice) => choice !== ''); // an empty text is no value
  return words ?? choices?.map(String).join(' or ');
}

const NOTHING = Symbol('no value of YAML');

/** End of a description that gives the default in words. */
const DEFAULT_IN_WORDS = / Default: (.*)\.$/s;

function withDefault({ description = '', default: value }: Schema): { readonly default?: string } {
  const words = value === undefined ? DEFAULT_IN_WORDS.exec(description)?.[1] : inlineText(value);
  return words === undefined ? {} : { default: words };
}

function inlineText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function meaningOf({ description = '' }: Schema): string {
  return description.replace(DEFAULT_IN_WORDS, '');
}

function firstSentence(text: string): string {
  return /^.*?[.;](?= |$)/s.exec(text)?.[0].replace(/;$/, '.') ?? text;
}
