import * as z from 'zod';

type Schema = z.core.$ZodType;

/** The schema of what stands under a key; undefined where there can be no such thing. */
export function fieldSchema(schema: Schema | undefined, key: string | number): Schema | undefined {
  const map = withoutSwitch(unwrapped(schema));
  if (map instanceof z.ZodObject) return Object.hasOwn(map.shape, key) ? map.shape[key] : undefined;
  if (map instanceof z.ZodRecord) return map.valueType as Schema;
  if (map instanceof z.ZodArray) return map.element as Schema;
  return undefined;
}

/** The map with known keys at a path, where there is one. */
export function mapAt(schema: Schema, path: readonly (string | number)[]): z.ZodObject | undefined {
  let at: Schema | undefined = schema;
  for (const key of path) at = fieldSchema(at, key);
  const map = withoutSwitch(unwrapped(at));
  return map instanceof z.ZodObject ? map : undefined;
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

/** Of what is switched on or off, or on with options, the options. */
function withoutSwitch(schema: Schema | undefined): Schema | undefined {
  if (!(schema instanceof z.ZodUnion)) return schema;
  const [whether, options, ...others] = schema.options as readonly Schema[];
  return whether instanceof z.ZodBoolean && others.length === 0 ? options : schema;
}
