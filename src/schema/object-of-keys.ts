import type * as z from 'zod';
import { objectField } from './fields.js';
import type { Keys, ResolvedKeys } from './key.js';

// An object whose keys are defined one by one: its schema, whether it is valid, and its resolved value.

/** The schema of an object with values for keys. */
export type ObjectOf<K extends Keys> = z.ZodObject<
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

export function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * The resolved value of each key that has one: an application sets a tenth of the keys.
 * @param app the resolved top-level keys, for the keys of an inner object
 */
export function resolveKeys<K extends Keys>(keys: K, given: object, app?: object): ResolvedKeys<K> {
  const resolved: Record<string, unknown> = {};
  for (const name in keys) {
    const own = (given as Readonly<Record<string, unknown>>)[name];
    const value: unknown = keys[name]?.resolve(own, resolved, app ?? resolved, given);
    if (value !== undefined) resolved[name] = value;
  }
  return resolved as ResolvedKeys<K>;
}

/** The smallest object that is valid. */
export function exampleOf<K extends Keys>(keys: K): GivenKeys<K> {
  const required = Object.entries(keys).filter(([, { isRequired }]) => isRequired);
  return Object.fromEntries(required.map(([name, { example }]) => [name, example])) as GivenKeys<K>;
}

/** The keys that must be set together, for editors. */
export function dependencies(keys: Keys): { dependencies?: object } {
  const requiring = Object.entries(keys).filter(([, { requires }]) => requires !== undefined);
  if (requiring.length === 0) return {};
  return { dependencies: Object.fromEntries(requiring.map(([name, { requires }]) => [name, [requires]])) };
}
