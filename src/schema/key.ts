import * as z from 'zod';
import { memo } from '../memo.js';
import { matches, type TextFormat } from '../kubernetes/text-formats.js';
import {
  objectField,
  booleanOrObjectField,
  objectOrFalseField,
  recordField,
  type ReservedNames,
} from './fields.js';
import { definedIn, named } from './type-names.js';

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
type Computed<Value> = (siblings: any, app: any) => Value;

interface WhenUnset<Default> {
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
  return { schema, accepts: (value) => schema().safeParse(value).success };
}

interface GroupDefinition<K extends Keys, Default> extends WhenUnset<Default> {
  readonly description: string;
  /** The name of its type, such as `WorkerAppHttp`. */
  readonly type: string;
  /** The file that defines this type. @default - the type is generated beside the props */
  readonly definedIn?: string;
  readonly keys: K;
  /** Messages, made by `withHint`, about unknown keys that a user is likely to write. */
  readonly refused?: Readonly<Record<string, string>>;
  readonly needs?: object;
}

/** Defines a key whose value is an object of keys. With `default: {}` its inner defaults always apply. */
export function group<
  K extends Keys,
  Default extends object | undefined = undefined,
  Required extends boolean = false,
>(
  definition: GroupDefinition<K, Default> & { readonly required?: Required },
): Key<
  GivenKeys<K>,
  ResolvedKeys<K> | (Required extends true ? never : undefined extends Default ? undefined : never),
  Required extends true ? ObjectOf<K> : z.ZodOptional<ObjectOf<K>>
> & { readonly keys: K } {
  const { keys, type, definedIn: file, required = false, default: fallback, refused, ...words } = definition;
  const schema = memo(() => {
    const object =
      file === undefined
        ? named(type, objectOf(keys, refused), words.description)
        : definedIn(file, type, objectOf(keys, refused));
    return inWords(required ? object : object.optional(), words, dependencies(keys));
  });
  return {
    ...words,
    keys,
    isRequired: required,
    example: exampleOf(keys),
    schema: schema as never,
    accepts: (value) => (value === undefined ? !required : acceptsKeys(keys, value)),
    resolve: (given, siblings, app) => {
      const object = given ?? valueOf<object | undefined>(fallback, siblings, app);
      return (object === undefined ? undefined : resolveKeys(keys, object, app)) as never;
    },
  };
}

/** Defines a key that is true, false, or an object of keys. true means the object with all its defaults. */
export function switchGroup<K extends Keys>(
  definition: GroupDefinition<K, boolean> & { readonly default: boolean | Computed<boolean> },
): Key<
  boolean | GivenKeys<K>,
  ResolvedKeys<K> | false,
  z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, ObjectOf<K>]>>
> & { readonly keys: K } {
  const { keys, type, default: fallback, refused, ...words } = definition;
  return {
    ...words,
    keys,
    isRequired: false,
    example: exampleOf(keys),
    schema: memo(() =>
      inWords(
        booleanOrObjectField(named(type, objectOf(keys, refused), words.description)).optional(),
        definition,
      ),
    ) as never,
    accepts: (value) => value === undefined || typeof value === 'boolean' || acceptsKeys(keys, value),
    resolve: (given, siblings, app) => {
      const switched = given ?? valueOf(fallback, siblings, app);
      return switched === false ? false : resolveKeys(keys, switched === true ? {} : switched, app);
    },
  };
}

/** Defines a key whose value is a map of objects by names that the user chooses. */
export function recordGroup<K extends Keys, Value>(definition: {
  readonly description: string;
  readonly unset: string;
  /** The name of the type of an entry, and its meaning. */
  readonly type: string;
  readonly entry: string;
  readonly names: TextFormat;
  readonly reserved?: ReservedNames;
  readonly entries: K;
  readonly example: Readonly<Record<string, NoInfer<GivenKeys<K>>>>;
  readonly needs?: object;
  /** @param props the top-level keys, as they are given */
  resolve(given: GivenKeys<K>, name: string, props: object): Value;
}): Key<
  Readonly<Record<string, GivenKeys<K>>>,
  Readonly<Record<string, Value>> | undefined,
  z.ZodOptional<z.ZodRecord<z.ZodString, ObjectOf<K>>>
> {
  const { entries, type, entry, names, reserved, resolve, ...words } = definition;
  const schema = memo(() => {
    const object = named(type, objectOf(entries).meta({ description: entry }), entry);
    const examples = [definition.example];
    return inWords(recordField(names, object, reserved).optional(), words, { examples });
  });
  return {
    ...words,
    entries,
    isRequired: false,
    schema: schema as never,
    accepts: (value) =>
      value === undefined ||
      (isPlainObject(value) &&
        Object.entries(value).every(
          ([name, own]) =>
            matches(names, name) && (reserved?.allowed.test(name) ?? true) && acceptsKeys(entries, own),
        )),
    resolve: (given, _, __, props) =>
      given &&
      Object.fromEntries(Object.entries(given).map(([name, own]) => [name, resolve(own, name, props)])),
  };
}

/** Defines a key that is an object of keys, or false. If it is not set, it is the object with all its defaults. */
export function groupOrFalse<K extends Keys>(
  definition: Omit<GroupDefinition<K, undefined>, keyof WhenUnset<unknown> | 'definedIn'> & {
    /** The meaning of false. */
    readonly whenFalse: string;
  },
): Key<
  false | GivenKeys<K>,
  ResolvedKeys<K> | false,
  z.ZodOptional<z.ZodUnion<readonly [ObjectOf<K>, z.ZodLiteral<false>]>>
> & { readonly keys: K } {
  const { keys, type, description: ofMap, whenFalse, ...words } = definition;
  const description = `${ofMap} \`false\`: ${whenFalse}`;
  return {
    ...words,
    description,
    keys,
    isRequired: false,
    example: exampleOf(keys),
    schema: memo(() =>
      inWords(objectOrFalseField(named(type, objectOf(keys), ofMap)).optional(), { description }),
    ) as never,
    accepts: (value) => value === undefined || value === false || acceptsKeys(keys, value),
    resolve: (given, _, app) => (given === false ? false : resolveKeys(keys, given ?? {}, app)),
  };
}

type ObjectOf<K extends Keys> = z.ZodObject<
  { [Name in keyof K]: ReturnType<K[Name]['schema']> },
  z.core.$strict
>;

/** The type of an object with values for keys. */
export type GivenKeys<K extends Keys> = z.output<ObjectOf<K>>;

/**
 * The strict schema of an object of keys. The schema of a key is made when the key is looked up.
 *
 * @param refused messages for some unknown keys
 */
export function objectOf<K extends Keys>(
  keys: K,
  refused: Readonly<Record<string, string>> = {},
): ObjectOf<K> {
  const shape = {};
  for (const [name, { schema }] of Object.entries(keys))
    Object.defineProperty(shape, name, { enumerable: true, get: schema });
  return objectField(shape, refused) as never;
}

/**
 * Whether an object of keys is valid, without the cost of a schema for every key. Returns false for objects that only the
 * schema of all keys can judge, such as an instance of a class.
 */
export function acceptsKeys(keys: Keys, object: unknown): boolean {
  if (!isPlainObject(object)) return false;
  for (const [name, value] of Object.entries(object))
    if (!Object.hasOwn(keys, name) || keys[name]?.accepts(value) !== true) return false;
  for (const name in keys) if (keys[name]?.isRequired === true && !Object.hasOwn(object, name)) return false;
  return true;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The resolved value of each key. @param app the resolved top-level keys, for the keys of an inner object */
export function resolveKeys<K extends Keys>(keys: K, given: object, app?: object): ResolvedKeys<K> {
  const resolved: Record<string, unknown> = {};
  for (const name in keys) {
    const own = (given as Readonly<Record<string, unknown>>)[name];
    resolved[name] = keys[name]?.resolve(own, resolved, app ?? resolved, given);
  }
  return resolved as ResolvedKeys<K>;
}

function valueOf<Value>(fallback: Value | Computed<Value>, siblings: object, app: object): Value {
  return typeof fallback === 'function' ? (fallback as Computed<Value>)(siblings, app) : fallback;
}

/** A schema with the description of its key, for editors and for the generated types and docs. */
function inWords<Schema extends z.ZodType>(
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

/** The smallest object that is valid. */
function exampleOf<K extends Keys>(keys: K): GivenKeys<K> {
  const required = Object.entries(keys).filter(([, { isRequired }]) => isRequired);
  return Object.fromEntries(required.map(([name, { example }]) => [name, example])) as GivenKeys<K>;
}

/** The keys that must be set together, for editors. */
function dependencies(keys: Keys): { dependencies?: object } {
  const requiring = Object.entries(keys).filter(([, { requires }]) => requires !== undefined);
  if (requiring.length === 0) return {};
  return { dependencies: Object.fromEntries(requiring.map(([name, { requires }]) => [name, [requires]])) };
}
