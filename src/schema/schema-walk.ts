import * as z from 'zod';

type Schema = z.core.$ZodType;

/** The schema of what stands under a key; undefined where there can be no such thing. */
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

/** The maps with known keys of which the value at a path may be one. */
export function formsAt(schema: Schema, path: readonly (string | number)[]): readonly z.ZodObject[] {
  return alternatives(schemaAt(schema, path)).filter((form) => form instanceof z.ZodObject);
}

/** The schema of the value at a path; undefined where there can be none. */
export function schemaAt(schema: Schema, path: readonly (string | number)[]): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const key of path) at = fieldSchema(at, key);
  return at;
}

/** Whether a key may be left out. */
export function isOptional(schema: Schema | undefined): boolean {
  return schema !== undefined && z.safeParse(schema, undefined).success;
}

/** Of some forms the one that a map is meant to have: that with the most of its keys. Undefined where two are as near. */
export function nearestForm(forms: readonly z.ZodObject[], map: object): z.ZodObject | undefined {
  const given = Object.keys(map);
  const known = forms.map(({ shape }) => given.filter((key) => Object.hasOwn(shape, key)).length);
  const most = Math.max(...known);
  const nearest = forms.filter((_, i) => known[i] === most);
  return nearest.length === 1 ? nearest[0] : undefined;
}

/** The schemas of which a value keeps one: several for a union. */
export function alternatives(schema: Schema | undefined): readonly Schema[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodUnion) return (inner.options as readonly Schema[]).flatMap(alternatives);
  return inner === undefined ? [] : [inner];
}

/** Whether null is a value of its own there. */
export function takesNull(schema: Schema | undefined): boolean {
  return schema !== undefined && z.safeParse(schema, null).success;
}

function unwrapped(schema: Schema | undefined): Schema | undefined {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap() as Schema;
  return inner;
}
