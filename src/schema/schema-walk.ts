import * as z from 'zod';

type Schema = z.core.$ZodType;

/** The schema of the value of a key; undefined if the key is not allowed. */
export function fieldSchema(schema: Schema | undefined, key: string | number): Schema | undefined {
  for (const form of alternatives(schema)) {
    const field = fieldOf(form, key);
    if (field !== undefined) return field;
  }
  return undefined;
}

function fieldOf(form: Schema, key: string | number): Schema | undefined {
  if (form instanceof z.ZodObject) return Object.hasOwn(form.shape, key) ? form.shape[key] : undefined;
  if (form instanceof z.ZodRecord) return form.valueType as Schema;
  if (form instanceof z.ZodArray) return form.element as Schema;
  return undefined;
}

/** The schemas of maps with known keys that the value at a path may match. */
export function formsAt(schema: Schema, path: readonly (string | number)[]): readonly z.ZodObject[] {
  return alternatives(schemaAt(schema, path)).filter((form) => form instanceof z.ZodObject);
}

/** The schema of the value at a path; undefined if the path is not allowed. */
export function schemaAt(schema: Schema, path: readonly (string | number)[]): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const key of path) at = fieldSchema(at, key);
  return at;
}

/** Whether a key may be left out. */
export function isOptional(schema: Schema | undefined): boolean {
  return schema !== undefined && z.safeParse(schema, undefined).success;
}

/** Whether the map around a path must contain it. A record requires none of its keys. */
export function isRequired(schema: Schema, path: readonly (string | number)[]): boolean {
  const key = String(path.at(-1));
  return formsAt(schema, path.slice(0, -1)).some(
    ({ shape }) => Object.hasOwn(shape, key) && !isOptional(shape[key]),
  );
}

/** The form that has the most keys of a map. Undefined if several forms have equally many. */
export function nearestForm(forms: readonly z.ZodObject[], map: object): z.ZodObject | undefined {
  const given = Object.keys(map);
  const known = forms.map(({ shape }) => given.filter((key) => Object.hasOwn(shape, key)).length);
  const most = Math.max(...known);
  const nearest = forms.filter((_, i) => known[i] === most);
  return nearest.length === 1 ? nearest[0] : undefined;
}

/** The schemas of which a value matches one: several for a union. */
export function alternatives(schema: Schema | undefined): readonly Schema[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodUnion) return (inner.options as readonly Schema[]).flatMap(alternatives);
  return inner === undefined ? [] : [inner];
}

/** Whether a schema accepts null. */
export function takesNull(schema: Schema | undefined): boolean {
  return schema !== undefined && z.safeParse(schema, null).success;
}

function unwrapped(schema: Schema | undefined): Schema | undefined {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap() as Schema;
  return inner;
}
