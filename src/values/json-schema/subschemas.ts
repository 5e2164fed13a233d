import { isMap } from '../../kubernetes/manifest.js';

/** A JSON Schema, draft-07. */
export type JsonSchema = Readonly<Record<string, unknown>>;
export type Schemas = Readonly<Record<string, JsonSchema>>;

/** A key whose help another schema of the same object has. VS Code and yaml-language-server know this keyword. */
export const NOT_SUGGESTED = { doNotSuggest: true };

const WITH_ONE = new Set(['items', 'additionalProperties', 'propertyNames', 'then', 'else']);
const WITH_LIST = new Set(['anyOf', 'allOf']);
const WITH_MAP = new Set(['properties', 'definitions']);

/** The schema with each schema directly inside it changed. @param change gets its keyword, and its key in a map */
export function changeSubschemas(
  schema: JsonSchema,
  change: (subschema: JsonSchema, keyword: string, key?: string) => JsonSchema,
): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (WITH_ONE.has(keyword) && isMap(value)) return [keyword, change(value, keyword)];
      if (WITH_LIST.has(keyword))
        return [keyword, (value as JsonSchema[]).map((each) => change(each, keyword))];
      if (!WITH_MAP.has(keyword)) return [keyword, value];
      const entries = Object.entries(value as Schemas);
      return [keyword, Object.fromEntries(entries.map(([key, each]) => [key, change(each, keyword, key)]))];
    }),
  );
}
