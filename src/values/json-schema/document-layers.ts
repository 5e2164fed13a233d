import { isMap } from '../../kubernetes/manifest.js';
import { NOT_SUGGESTED, type JsonSchema, type Schemas } from './subschemas.js';

// The base of a document and its environments share the schema of each key. It allows null, and requires no key. The
// schemas here, beside it, say how the base differs from an environment.

/**
 * Refuses null in the base: there is nothing to remove. Null that is a value of its own is allowed.
 * @param refusal the schema beside that of each value
 */
export function nullsRefused(schema: JsonSchema, refusal: JsonSchema = NO_NULL): JsonSchema {
  const valueRefused = (schema: JsonSchema): JsonSchema => {
    const below = nullsRefused(schema, refusal);
    if (acceptsNull(schema)) return below;
    return isEmpty(below) ? refusal : { ...refusal, ...below };
  };
  const maps = mapsIn(schema);
  if (maps.length === 0) return {};
  const others = maps.map(({ additionalProperties }) => additionalProperties).find(isMap);
  return {
    ...changedProperties(maps, (inner) => {
      const below = valueRefused(inner);
      return below === refusal ? {} : { ...NOT_SUGGESTED, ...below };
    }),
    additionalProperties: others === undefined ? refusal : valueRefused(others),
  };
}

const NO_NULL: JsonSchema = { allOf: [{ $ref: '#/definitions/value' }] };

/** Warns of null instead: Defaults may contain the value that it removes. */
export const NULL_OVER_DEFAULTS: JsonSchema = { allOf: [{ $ref: '#/definitions/overDefaults' }] };

/** Requires the keys, and the keys beside other keys, that a document without environments must have. */
export function requiredKeys(schema: JsonSchema): JsonSchema {
  const forms = mapsIn(schema).map((map) => {
    const { required, dependencies, additionalProperties: others } = map;
    const inOthers = isMap(others) ? requiredKeys(others) : {};
    return {
      ...(required !== undefined && { required }),
      ...(dependencies !== undefined && { dependencies }),
      ...changedProperties([map], requiredKeys),
      ...(!isEmpty(inOthers) && { additionalProperties: inOthers }),
    };
  });
  if (forms.some(isEmpty)) return {};
  return forms.length > 1 ? { anyOf: forms } : (forms[0] ?? {});
}

/** Null in place of a value, which removes it. yaml-language-server offers no value for `not`. */
export const NULL: JsonSchema = { $ref: '#/definitions/removed' };

/** Lets editors offer null for each key of an environment. */
export const NULLS_OFFERED: JsonSchema = { $ref: '#/definitions/environment' };

/** The definitions to which the layers refer. */
export const LAYER_DEFINITIONS: Schemas = {
  removed: { title: 'null', not: { type: ['array', 'boolean', 'number', 'object', 'string'] } },
  value: {
    if: { type: 'null' },
    // eslint-disable-next-line unicorn/no-thenable
    then: { type: 'string', errorMessage: 'Expected a value. Null is for environments: it removes a value.' },
  },
  overDefaults: {
    if: { type: 'null' },
    // eslint-disable-next-line unicorn/no-thenable
    then: {
      deprecationMessage: 'Null removes a value of Defaults, or of the base in an environment. Is there one?',
    },
  },
  environment: {
    additionalProperties: {
      anyOf: [
        { title: 'null', type: 'null' },
        { title: 'value', allOf: [NULLS_OFFERED] },
      ],
    },
  },
};

/** The forms of a value that are maps. Kubernetes' own shapes are definitions, and have no layers. */
function mapsIn(schema: JsonSchema): readonly JsonSchema[] {
  return formsIn(schema).filter(
    ({ properties, additionalProperties }) => properties !== undefined || isMap(additionalProperties),
  );
}

function formsIn(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf } = schema;
  return Array.isArray(anyOf) ? (anyOf as JsonSchema[]).flatMap(formsIn) : [schema];
}

function acceptsNull(schema: JsonSchema): boolean {
  return formsIn(schema).some(
    ({ type, $ref, enum: choices, const: only, allOf }) =>
      (Array.isArray(type) ? type.includes('null') : type === 'null') ||
      [type, $ref, choices, only, allOf].every((keyword) => keyword === undefined),
  );
}

/** The properties of maps, changed, without those of which nothing is left. They have no help: editors do not offer them. */
function changedProperties(
  maps: readonly JsonSchema[],
  change: (schema: JsonSchema) => JsonSchema,
): JsonSchema {
  const properties = maps
    .flatMap((map) => Object.entries((map['properties'] ?? {}) as Schemas))
    .map(([key, schema]) => [key, change(schema)] as const)
    .filter(([, schema]) => !isEmpty(schema))
    .map(([key, schema]) => [key, { ...NOT_SUGGESTED, ...schema }] as const);
  return properties.length > 0 ? { properties: Object.fromEntries(properties) } : {};
}

function isEmpty(schema: object): boolean {
  return Object.keys(schema).length === 0;
}
