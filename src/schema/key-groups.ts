import type * as z from 'zod';
import { memo } from '../memo.js';
import { matches, type TextFormat } from '../kubernetes/text-formats.js';
import { booleanOrObjectField, objectOrFalseField, recordField, type ReservedNames } from './fields.js';
import { inWords, valueOf, type Computed, type Key, type Keys, type ResolvedKeys, type WhenUnset } from './key.js';
import {
  acceptsKeys,
  dependencies,
  exampleOf,
  isPlainObject,
  objectOf,
  resolveKeys,
  type GivenKeys,
  type ObjectOf,
} from './object-of-keys.js';
import { definedIn, named } from './type-names.js';

// Keys whose value is an object of keys, or a map of objects.

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
