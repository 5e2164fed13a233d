import * as z from 'zod';
import { memo } from '../memo.js';

// Each key of a values file is defined once: its field, its description, an example and its default. The JSON Schema,
// the types of the props, docs/values.md, `explain` and the resolved values are made from this definition.

/** The description and the example of a key. */
export interface KeyWords<Given> {
  /** Meaning, unit and range, in Markdown. The first sentence says what it is. */
  readonly description: string;
  /** A valid value, other than the default. */
  readonly example: Given;
  /** Other props that the example needs. Without them it is refused or changes nothing. */
  readonly needs?: object;
  /** Another key of the same object that must be set with this one. */
  readonly requires?: string;
  /** The keys of each item, when the value is a list of objects. */
  readonly items?: Keys;
  /** The keys of each entry, when the value is a map of objects by names that the user chooses. */
  readonly entries?: Keys;
}

/** The descriptions of keys, by schema. The generator of types and docs reads them. */
export const WORDS = z.registry<{ readonly description: string; readonly unset?: string | undefined }>();

/** A key and its default. */
export interface Key<
  Given = unknown,
  Value = unknown,
  Schema extends z.ZodType = z.ZodType,
> extends KeyWords<Given> {
  /** The schema of its values, made at the first call. It is optional, unless the key is required. */
  readonly schema: () => Schema;
  /** Whether a value is valid. Makes only the schemas of keys that the value contains. */
  accepts(value: unknown): boolean;
  readonly isRequired: boolean;
  /** The default in words, if it is not a fixed value. */
  readonly unset?: string;
  /** The value that another program uses if the key is not set. */
  readonly theirDefault?: unknown;
  /** The keys of its value, if the value is an object. */
  readonly keys?: Keys;
  /**
   * Returns the given value or the default. The keys inside an object are resolved too.
   * @param siblings the resolved keys of the same object that are defined before this one
   * @param app the resolved top-level keys that are defined before this one
   * @param props the keys of the same object, as they are given
   */
  resolve(given: Given | undefined, siblings: object, app: object, props: object): Value;
}

// eslint-disable-next-line typescript/no-explicit-any
export type AnyKey = Key<any, any>;
export type Keys = Readonly<Record<string, AnyKey>>;

/** The object with the resolved value of each key. */
export type ResolvedKeys<K> = {
  readonly [Name in keyof K]: K[Name] extends { resolve(...args: never): infer Value } ? Value : never;
};

/**
 * Computes the value of a key that is not set (see `Key.resolve`). Each default declares the type of the keys that it
 * reads.
 */
// eslint-disable-next-line typescript/no-explicit-any
export type Computed<Value> = (siblings: any, app: any) => Value;

/** The meaning of a key that is not set. */
export interface WhenUnset<Default> {
  /** The value if the key is not set. @default - no value; `unset` says what that means */
  readonly default?: Default | Computed<Default>;
  /** The default in words. Set it if neither default is a fixed value. */
  readonly unset?: string;
  /**
   * The value that another program uses if the key is not set. Schema and docs show it; manifests do not contain it.
   */
  readonly theirDefault?: unknown;
}

export interface KeyDefinition<Field extends z.ZodType, Default, Required>
  extends KeyWords<z.output<Field>>, WhenUnset<Default> {
  /** Makes the schema of its values. */
  readonly field: () => Field;
  readonly required?: Required;
}

type ValueOf<Field extends z.ZodType, Default, Required> = Required extends true
  ? z.output<Field>
  : // without `default`, nothing is inferred for it
    z.output<Field> | (unknown extends Default ? undefined : Default);

/** Defines a key with a single value. */
export function key<Field extends z.ZodType, const Default = undefined, Required extends boolean = false>(
  definition: KeyDefinition<Field, Default, Required>,
): Key<
  z.output<Field>,
  ValueOf<Field, Default, Required>,
  Required extends true ? Field : z.ZodOptional<Field>
> {
  const { field, required = false, default: fallback, ...words } = definition;
  return {
    ...words,
    isRequired: required,
    ...singleValue(definition, () => (required ? field() : field().optional()) as never),
    resolve: (given, siblings, app) =>
      (given === undefined ? valueOf(fallback, siblings, app) : given) as ValueOf<Field, Default, Required>,
  };
}

/** Defines a key whose given value is only a part of the resolved value. */
export function partialKey<Field extends z.ZodType, Value>(
  definition: KeyWords<z.output<Field>> & {
    readonly field: () => Field;
    readonly unset: string;
    // eslint-disable-next-line typescript/no-explicit-any
    resolve(given: z.output<Field> | undefined, app: any): Value;
  },
): Key<z.output<Field>, Value, z.ZodOptional<Field>> {
  const { field, resolve, ...words } = definition;
  return {
    ...words,
    isRequired: false,
    ...singleValue(definition, () => field().optional()),
    resolve: (given, _, app) => resolve(given, app),
  };
}

/** The schema of a key whose value is not an object of keys. */
function singleValue<Schema extends z.ZodType>(
  definition: WhenUnset<unknown> & KeyWords<unknown>,
  make: () => Schema,
): Pick<Key<unknown, unknown, Schema>, 'schema' | 'accepts'> {
  const schema = memo(() => inWords(make(), definition, { examples: [definition.example] }));
  return { schema, accepts: once((value) => schema().safeParse(value).success) };
}

/** Most scalars that are remembered for a key. */
const MOST_REMEMBERED = 500;

/** Remembers the scalars that are accepted: applications of a fleet have the same ports, paths and durations. */
function once(accepts: (value: unknown) => boolean): (value: unknown) => boolean {
  const accepted = new Set<unknown>();
  return (value) => {
    if (accepted.has(value)) return true;
    const isAccepted = accepts(value);
    if (isAccepted && typeof value !== 'object' && accepted.size < MOST_REMEMBERED) accepted.add(value);
    return isAccepted;
  };
}

/** The default of a key, computed where it is a function. */
export function valueOf<Value>(fallback: Value | Computed<Value>, siblings: object, app: object): Value {
  return typeof fallback === 'function' ? (fallback as Computed<Value>)(siblings, app) : fallback;
}

/** A schema with the description of its key, for editors and for the generated types and docs. */
export function inWords<Schema extends z.ZodType>(
  schema: Schema,
  { description, unset, default: ours, theirDefault }: WhenUnset<unknown> & { readonly description: string },
  more: object = {},
): Schema {
  const fixed = typeof ours === 'function' ? undefined : (ours ?? theirDefault);
  const worded = schema.meta({
    description: unset === undefined ? description : `${description} Default: ${unset}.`,
    ...(fixed !== undefined && { default: fixed }),
    ...more,
  });
  WORDS.add(worded, { description, unset });
  return worded;
}
