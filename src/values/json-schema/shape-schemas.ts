import {
  SHAPE_FORMATS,
  shapeDefinition,
  shapeSchema,
  type ShapeSchema,
} from '../../kubernetes-shapes/shapes.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The schema of a shape for editors. Every field may be left out, since an environment may add it, and may be null, which
 * removes it; the command checks the rest.
 */
export function editorSchema(shape: string): JsonSchema {
  return shape.includes('.') ? optional(shapeSchema(shape), false) : reference(shape);
}

/** The definitions that a JSON Schema refers to, by name. */
export function editorDefinitions(schema: unknown): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const add = (inner: unknown) => {
    for (const [, name = ''] of JSON.stringify(inner).matchAll(/"#\/definitions\/kubernetes\.(\w+)"/g)) {
      if (definitions.has(name)) continue;
      const definition = optional(shapeDefinition(name) ?? {});
      definitions.set(name, definition);
      add(definition);
    }
  };
  add(schema);
  const sorted = [...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, definition]) => [`kubernetes.${name}`, definition]));
}

function reference(name: string): JsonSchema {
  return { $ref: `#/definitions/kubernetes.${name}` };
}

/**
 * A shape, or the schema of a field in it, which may be null. The description of a field is beside its type, or beside
 * the reference to its shape: yaml-language-server then inserts the field with a value of this type.
 */
function optional(schema: ShapeSchema, isNullable = true): JsonSchema {
  const { $ref, title: _, required: _required, type, enum: choices, format, ...form } = schema;
  const { properties, items, additionalProperties, ...rest } = form;
  if ($ref !== undefined) return { ...rest, ...reference($ref.replace('#/definitions/', '')) };
  return {
    ...rest,
    ...(type !== undefined && { type: isNullable ? [type, 'null'].flat() : type }),
    ...(format !== undefined && { pattern: SHAPE_FORMATS[format].pattern.source }),
    ...(choices !== undefined && { enum: isNullable ? [...choices, null] : choices }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties)
          .filter(([, { writeInstead }]) => writeInstead === undefined)
          .map(([field, inner]) => [field, { title: field, ...optional(inner) }]),
      ),
    }),
    ...(items !== undefined && { items: optional(items, false) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: additionalProperties === false ? false : optional(additionalProperties),
    }),
  };
}
