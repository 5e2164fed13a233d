import {
  LAYER_DEFINITIONS,
  NULL_OVER_DEFAULTS,
  NULLS_OFFERED,
  nullsRefused,
  requiredKeys,
} from './document-layers.js';
import { withEditorHints } from './editor-hints.js';
import { ENVIRONMENTS } from '../document/written-document.js';
import { valuesJsonSchema } from './json-schema.js';
import { DEFAULT_KIND, DOCUMENT_KINDS, KINDS } from '../kinds.js';
import { withSharedDefinitions } from './shared-definitions.js';
import type { JsonSchema, Schemas } from './subschemas.js';

/**
 * The JSON Schema of values files with the help of each key, for editors: `schema/values.schema.json`. A key has one
 * schema for the base and for all environments.
 */
export function editorJsonSchema(): JsonSchema {
  const { definitions, ...root } = valuesJsonSchema() as { readonly definitions: Schemas };
  const written = Object.entries(definitions).map(([name, schema]) => [
    name,
    // Kubernetes' shapes have the help of Kubernetes.
    Object.hasOwn(KINDS, name) ? documentSchema(schema, name === DEFAULT_KIND) : schema,
  ]);
  return withSharedDefinitions(
    withKindFirst({
      ...withEditorHints(root, { isMerged: false }),
      definitions: { ...Object.fromEntries(written), ...LAYER_DEFINITIONS },
    }),
  );
}

/**
 * @param whole the keys of a kind, as they are once an environment is merged
 * @param isOverDefaults whether the base is merged over Defaults
 */
function documentSchema(whole: JsonSchema, isOverDefaults: boolean): JsonSchema {
  const { kind = {}, [ENVIRONMENTS]: environments = {}, ...keys } = whole['properties'] as Schemas;
  const merged = { ...whole, properties: keys };
  const { properties, ...map } = withEditorHints(merged, { isMerged: true });
  const inBase = withEditorHints({ properties: { kind, environments } }, { isMerged: false });
  const base = inBase['properties'] as { readonly kind: JsonSchema; readonly environments: JsonSchema };
  return {
    ...map,
    properties: {
      kind: base.kind,
      ...(properties as Schemas),
      [ENVIRONMENTS]: withValues(base.environments, { title: 'environment', ...map, properties }),
    },
    allOf: [isOverDefaults ? nullsRefused(merged, NULL_OVER_DEFAULTS) : nullsRefused(merged)],
    // An environment may add keys that the base does not contain.
    if: { required: [ENVIRONMENTS] },
    else: requiredKeys(merged),
  };
}

/** The schema of environments, with that of an environment. */
function withValues(environments: JsonSchema, environment: JsonSchema): JsonSchema {
  const offered = { ...environment, allOf: [NULLS_OFFERED] };
  const values = { additionalProperties: { anyOf: [offered, { title: 'null', type: 'null' }] } };
  return { ...environments, allOf: [...(environments['allOf'] as JsonSchema[]), values] };
}

/** Offers `kind` before all other keys, with its words. A file of another kind has the key already. */
function withKindFirst(schema: JsonSchema): JsonSchema {
  const { definitions, properties } = schema as { definitions: Schemas; properties: Schemas };
  const chooseKind = {
    label: 'kind',
    sortText: ' kind', // editors sort keys by their names
    markdownDescription: properties['kind']?.['markdownDescription'],
    body: { kind: `\${1|${DOCUMENT_KINDS.join()}|}` },
  };
  const first = { ...definitions[DEFAULT_KIND], defaultSnippets: [chooseKind] };
  return { ...schema, definitions: { ...definitions, [DEFAULT_KIND]: first } };
}
