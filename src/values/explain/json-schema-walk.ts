import { own } from '../../kubernetes/manifest.js';
import { memo } from '../../memo.js';
import { valuesJsonSchema } from '../json-schema/json-schema.js';

/** The keywords of the JSON Schema of values files that `explain` reads. */
export interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
}

/** The JSON Schema of values files, made once. */
export const jsonSchema = memo(
  () => valuesJsonSchema() as unknown as Schema & { readonly definitions: Readonly<Record<string, Schema>> },
);

/** The forms of a value. Kubernetes' own shapes are definitions. */
export function formsOf(schema: Schema): Schema[] {
  const { $ref, items, anyOf = [], allOf = [] } = schema;
  const definition = $ref && jsonSchema().definitions[$ref.replace('#/definitions/', '')];
  return [
    schema,
    ...(definition ? formsOf(definition) : []),
    ...[...anyOf, ...allOf].flatMap(formsOf),
    ...(items === undefined ? [] : formsOf(items)),
  ];
}

/** The schema of a key, and where it is. */
interface InnerSchema {
  readonly schema: Schema;
  /** The map that has the key. */
  readonly beside: Schema;
  readonly isInItem: boolean;
  /** Whether the user chooses the key. */
  readonly isFree: boolean;
}

/** The schema of a key in a map, or in the items of a list of maps. */
export function innerSchema(schema: Schema, key: string): InnerSchema | undefined {
  const inItem = new Set(formsOf(schema).flatMap(({ items }) => (items === undefined ? [] : formsOf(items))));
  for (const form of formsOf(schema)) {
    const known = own(form.properties ?? {}, key);
    if (known !== undefined)
      return { schema: known, beside: form, isInItem: inItem.has(form), isFree: false };
  }
  const free = formsOf(schema).find(({ additionalProperties }) => typeof additionalProperties === 'object');
  if (free === undefined) return undefined;
  const schemaOfAny = free.additionalProperties as Schema;
  return { schema: schemaOfAny, beside: free, isInItem: inItem.has(free), isFree: true };
}

/** In place of a name that the user chooses. */
export const ANY_NAME = '<name>';

/** A path with the names that the user left out: `sidecars.in` is the key `in` of each sidecar. */
export function withNames(definition: Schema, path: readonly string[]): string[] {
  const named: string[] = [];
  let schema: Schema | undefined = definition;
  for (const key of path) {
    let inner: InnerSchema | undefined = schema && innerSchema(schema, key);
    const entry: InnerSchema | undefined =
      inner?.isFree === true && key !== ANY_NAME ? innerSchema(inner.schema, key) : undefined;
    if (entry?.isFree === false) {
      named.push(ANY_NAME);
      inner = entry;
    }
    named.push(key);
    schema = inner?.schema;
  }
  return named;
}

/** The paths of our own keys: those of Kubernetes' shapes have no end. */
export function pathsIn(schema: Schema, prefix = ''): string[] {
  if (schema.$ref !== undefined) return [];
  return formsOf(schema).flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([key, inner]) => [
      prefix + key,
      ...(key === 'environments' ? [] : pathsIn(inner, `${prefix}${key}.`)),
    ]),
  );
}
