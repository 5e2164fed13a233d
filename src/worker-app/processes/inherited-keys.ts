import * as z from 'zod';
import { isMap } from '../../kubernetes/manifest.js';
import { key as anyKey, type AnyKey, type Key, type Keys } from '../../schema/key.js';
import { mergeValues } from '../../schema/merge-values.js';
import { alternatives, takesNull } from '../../schema/schema-walk.js';
import { isAnotherAccount } from '../keys/service-account.js';

/** Keys of the application as a process or job has them: each is optional, and null removes a value that can be missing. */
export type InheritedKeys<K extends Keys> = {
  readonly [Name in keyof K]: Key<
    unknown,
    ReturnType<K[Name]['resolve']>,
    z.ZodOptional<z.ZodType<Removable<z.output<ReturnType<K[Name]['schema']>>>>>
  >;
};

/** Null removes a value, unless the application must have it. */
type Removable<Value> = undefined extends Value ? Value | null : Value;

export function inheritedKeys<K extends Keys>(keys: K): InheritedKeys<K> {
  return Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [name, inheritedKey(key)]),
  ) as unknown as InheritedKeys<K>;
}

function inheritedKey(key: AnyKey): AnyKey {
  const { schema, description, example, needs, resolve, isRequired, ...others } = key;
  const field = () => {
    const ofApplication = schema();
    return ofApplication instanceof z.ZodOptional ? (ofApplication.unwrap() as z.ZodType) : ofApplication;
  };
  const words = { description, example, ...(needs !== undefined && { needs }) };
  const ownField = () => (isRequired ? field() : removable(field()).nullable());
  const own = anyKey({ ...words, field: ownField, unset: "the application's" });
  return { ...others, ...own, resolve };
}

/** A schema that also accepts null for the entries of a map: null removes the application's entry. */
function removable(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodRecord)) return schema;
  const valueType = (schema.valueType as z.ZodType).nullable();
  return z.core.clone(schema, { ...schema.def, valueType });
}

type Values = Readonly<Record<string, unknown>>;

/**
 * The values of a process or job: its own over those that it inherits. Maps merge, other values replace, null removes.
 *
 * @param keys the inherited keys, as the application has them
 * @param application the values of the application, without defaults
 */
export function inherit(keys: Keys, application: Values, own: Values): Values {
  const merged = Object.entries(keys).map(([name, { schema }]) => [
    name,
    own[name] === undefined
      ? application[name]
      : inheritedValue(name, schema(), application[name], own[name]),
  ]);
  return { ...own, ...(Object.fromEntries(merged) as Values) };
}

function inheritedValue(name: string, schema: z.ZodType, under: unknown, own: unknown): unknown {
  if (own === null) return takesNull(schema) ? null : undefined;
  if (name === 'serviceAccount' && isAnotherAccount(own)) return own;
  const value = mergeValues(schema, under, own);
  const isRecord = alternatives(schema).some((form) => form instanceof z.ZodRecord);
  return isRecord && isMap(value) ? withoutNulls(value) : value;
}

/** Null for an entry that the application does not have removes nothing. */
function withoutNulls(map: Values): Values {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null));
}
