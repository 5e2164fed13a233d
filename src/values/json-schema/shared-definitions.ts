import { changeSubschemas, type JsonSchema, type Schemas } from './subschemas.js';

/** Shorter schemas are repeated: a reference would save nothing. */
const SHORTEST_SHARED = 100;

/**
 * Writes each schema that occurs more than once a single time, in `definitions`. Its name is its title, or the first key
 * that has it.
 */
export function withSharedDefinitions(schema: JsonSchema): JsonSchema {
  const counts = countSchemas(schema);
  const names = new Map(Object.keys((schema['definitions'] ?? {}) as Schemas).map((name) => [name, name]));
  const shared: Record<string, JsonSchema> = {};

  const write = (part: JsonSchema, key: string): JsonSchema =>
    changeSubschemas(part, (inner, keyword, innerKey = key) =>
      keyword === 'definitions' ? write(inner, innerKey) : reference(inner, innerKey),
    );
  const reference = (part: JsonSchema, key: string): JsonSchema => {
    const text = JSON.stringify(part);
    if (text.length < SHORTEST_SHARED || (counts.get(text) ?? 0) < 2) return write(part, key);
    const known = names.get(text);
    const name = known ?? freeName(typeof part['title'] === 'string' ? part['title'] : key, names);
    names.set(text, name);
    if (known === undefined) shared[name] = write(part, key);
    return { $ref: `#/definitions/${name}` };
  };

  const { definitions, ...root } = write(schema, 'values');
  return { ...root, definitions: { ...(definitions as object), ...shared } };
}

/** How often each schema occurs, by its text. */
function countSchemas(schema: JsonSchema): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (part: JsonSchema): JsonSchema => {
    const text = JSON.stringify(part);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    return counts.get(text) === 1 ? changeSubschemas(part, count) : part;
  };
  count(schema);
  return counts;
}

function freeName(wanted: string, names: ReadonlyMap<string, string>): string {
  const taken = new Set(names.values());
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? wanted : `${wanted}-${i}`;
    if (!taken.has(name)) return name;
  }
}
