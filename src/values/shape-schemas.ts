import { shapeDefinition, shapeSchema, type ShapeSchema } from '../kubernetes-shapes/shapes.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The schema of a shape for editors. Every field may be left out, since an environment may add it, and may be null, which
 * removes it; the command checks the rest.
 */
export function editorSchema(shape: string): JsonSchema {
  return shape.includes('.') ? optional(shapeSchema(shape)) : reference(shape);
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

/** The schema of a field: it may be null. */
function nullable({ description, ...schema }: ShapeSchema): JsonSchema {
  const inner = optional(schema);
  return {
    ...(description !== undefined && { description }),
    ...(typeof schema.type === 'string' && schema.type !== 'object' && schema.enum === undefined
      ? { ...inner, type: [schema.type, 'null'] }
      : { anyOf: [inner, { type: 'null' }] }),
  };
}

function optional(schema: ShapeSchema): JsonSchema {
  const { $ref, title: _title, required: _, properties, items, additionalProperties, ...rest } = schema;
  if ($ref !== undefined) return { ...rest, ...reference($ref.replace('#/definitions/', '')) };
  return {
    ...rest,
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties)
          .filter(([, { writeInstead }]) => writeInstead === undefined)
          .map(([field, inner]) => [field, nullable(inner)]),
      ),
    }),
    ...(items !== undefined && { items: optional(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: additionalProperties === false ? false : optional(additionalProperties),
    }),
  };
}
