import { withEditorHints } from './editor-hints.js';
import { valuesJsonSchema } from './json-schema.js';
import { DEFAULT_KIND, KINDS } from './kinds.js';
import { withSharedDefinitions } from './shared-definitions.js';
import type { JsonSchema, Schemas } from './subschemas.js';

/** The JSON Schema of values files with the help of each key, for editors: `schema/values.schema.json`. */
export function editorJsonSchema(): JsonSchema {
  return withSharedDefinitions(withKindFirst(withEditorHints(valuesJsonSchema())));
}

/** Offers `kind` before all other keys, with its words. A file of another kind has the key already. */
function withKindFirst(schema: JsonSchema): JsonSchema {
  const { definitions, properties } = schema as { definitions: Schemas; properties: Schemas };
  const chooseKind = {
    label: 'kind',
    sortText: ' kind', // editors sort keys by their names
    markdownDescription: properties['kind']?.['markdownDescription'],
    body: { kind: `\${1|${Object.keys(KINDS).join()}|}` },
  };
  const first = { ...definitions[DEFAULT_KIND], defaultSnippets: [chooseKind] };
  return { ...schema, definitions: { ...definitions, [DEFAULT_KIND]: first } };
}
