const MAPS = new Set(['properties', 'definitions']);

/** A JSON Schema as text: each key on its own line, so that a diff shows the keys that change, without indentation. */
export function schemaText(schema: unknown): string {
  return `${textOf(schema, false)}\n`;
}

function textOf(value: unknown, isMap: boolean): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, false)).join()}]`;
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `${JSON.stringify(key)}:${textOf(inner, MAPS.has(key) && !isMap)}`);
  return isMap ? `{\n${entries.join(',\n')}\n}` : `{${entries.join()}}`;
}
