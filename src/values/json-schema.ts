import * as z from 'zod';
import { DNS_1123_LABEL } from '../kubernetes/text-formats.js';
import { DELIVERY_FOLDER } from '../output/layout.js';
import { TYPE_NAMES } from '../schema/type-names.js';
import { documentSchema } from './document-schema.js';
import { DEFAULT_KIND, KINDS, type Kind } from './kinds.js';
import { SHAPES } from '../schema/shape-field.js';
import { editorDefinitions, editorSchema } from './shape-schemas.js';
import { ENVIRONMENTS } from './environment-values.js';
import type { JsonSchema, Schemas } from './subschemas.js';

const KIND_FIELD = 'The kind of object that this file describes.';

/** Names the schema. It is not an address: the package contains the file. */
const ID = 'urn:cdk8s-worker-metrics:values';

/**
 * The JSON Schema (draft-07) of values files. `kind` selects the schema with if/then: an editor then reports the errors
 * of that kind, not of all kinds.
 */
export function valuesJsonSchema(): JsonSchema {
  const kinds = Object.keys(KINDS) as Kind[];
  const others = kinds.filter((kind) => kind !== DEFAULT_KIND);
  const definitions = Object.fromEntries(kinds.map((kind) => [kind, documentJsonSchema(kind)]));
  const reference = (kind: string) => ({ $ref: `#/definitions/${kind}` });
  return {
    $id: ID,
    title: 'Values of cdk8s-worker-metrics',
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      kind: {
        ...NOT_SUGGESTED,
        description: KIND_FIELD,
        default: DEFAULT_KIND,
        examples: others,
        type: 'string',
        enum: kinds,
      },
    },
    ...others.reduceRight<object>(
      (otherwise, kind) => ({
        if: { properties: { kind: { const: kind } }, required: ['kind'] },
        // eslint-disable-next-line unicorn/no-thenable
        then: reference(kind),
        else: otherwise,
      }),
      reference(DEFAULT_KIND),
    ),
    definitions: { ...definitions, ...editorDefinitions(definitions) },
  };
}

function documentJsonSchema(kind: Kind): JsonSchema {
  const schema = documentSchema(kind);
  const whole = plain(schema);
  const { required, ...document } = withoutDependencies(whole);
  return {
    ...document,
    properties: {
      kind: {
        ...NOT_SUGGESTED,
        description: KIND_FIELD,
        ...(kind === DEFAULT_KIND && { default: DEFAULT_KIND }),
      },
      ...(document['properties'] as object),
      [ENVIRONMENTS]: environmentsSchema(schema),
    },
    ...(kind !== DEFAULT_KIND && { required: ['kind'] }),
    // An environment may add keys that the base does not contain.
    if: { required: [ENVIRONMENTS] },
    else: { required, ...dependenciesIn(whole) },
  };
}

/** A key whose help another schema of the same object has. VS Code and yaml-language-server know this keyword. */
const NOT_SUGGESTED = { doNotSuggest: true };

function environmentsSchema(schema: z.ZodObject): JsonSchema {
  return {
    description:
      'Values that differ in each environment, by its name: maps merge, other values replace, null removes. Default: none.',
    examples: [{ staging: { namespace: 'shop-staging' } }],
    type: 'object',
    minProperties: 1,
    propertyNames: {
      pattern: DNS_1123_LABEL.pattern.source,
      patternErrorMessage: `Expected ${DNS_1123_LABEL.what}.`,
      maxLength: DNS_1123_LABEL.maxLength,
      not: { const: DELIVERY_FOLDER },
    },
    additionalProperties: { anyOf: [partial(plain(schema)), { type: 'null' }] },
  };
}

function plain(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const type = TYPE_NAMES.get(zodSchema);
      if (type !== undefined) jsonSchema.title = type.name;
      const { shape } = SHAPES.get(zodSchema as unknown as z.ZodType) ?? {};
      if (shape !== undefined) Object.assign(jsonSchema, editorSchema(shape));
    },
  });
  return json;
}

/** The `dependencies` of a map and its inner maps; empty if there are none. */
function dependenciesIn({ dependencies, properties = {} }: JsonSchema): JsonSchema {
  const inner = Object.entries(properties as Schemas)
    .map(([key, schema]) => [key, dependenciesIn(schema)] as const)
    .filter(([, schema]) => Object.keys(schema).length > 0)
    .map(([key, schema]) => [key, { ...NOT_SUGGESTED, ...schema }] as const);
  if (dependencies === undefined && inner.length === 0) return {};
  return {
    ...(dependencies !== undefined && { dependencies }),
    ...(inner.length > 0 && { properties: Object.fromEntries(inner) }),
  };
}

function withoutDependencies(whole: JsonSchema): JsonSchema {
  const { dependencies: _, ...schema } = whole;
  const { properties } = schema;
  return isSchema(properties) ? { ...schema, properties: eachOf(properties, withoutDependencies) } : schema;
}

/** The schema of an environment's value: all keys are optional, and may be null. */
function partial(whole: JsonSchema): JsonSchema {
  // Defaults, required keys and dependencies are the base's. A list is replaced as a whole.
  const { required: _required, default: _default, ...schema } = withoutDependencies(whole);
  const { properties, additionalProperties, anyOf, ...rest } = schema;
  return {
    ...rest,
    ...(isSchema(properties) && { properties: eachOf(properties, (inner) => orNull(partial(inner))) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: isSchema(additionalProperties)
        ? orNull(partial(additionalProperties))
        : additionalProperties,
    }),
    ...(Array.isArray(anyOf) && { anyOf: (anyOf as JsonSchema[]).map(partial) }),
  };
}

function eachOf(properties: JsonSchema, change: (schema: JsonSchema) => JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(properties as Schemas).map(([key, schema]) => [key, change(schema)]),
  );
}

/** Allows null. The description and the example stay outside, as editors read them there. */
function orNull(schema: JsonSchema): JsonSchema {
  const { description, examples, anyOf, ...rest } = schema;
  const forms = Array.isArray(anyOf) ? (anyOf as JsonSchema[]) : [rest];
  const withNull = forms.some(({ type }) => type === 'null') ? forms : [...forms, { type: 'null' }];
  return {
    ...(description !== undefined && { description }),
    ...(examples !== undefined && { examples }),
    anyOf: withNull,
  };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
