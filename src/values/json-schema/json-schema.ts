import * as z from 'zod';
import { DNS_1123_LABEL } from '../../kubernetes/text-formats.js';
import { DELIVERY_FOLDER } from '../../output/layout.js';
import { TYPE_NAMES } from '../../schema/type-names.js';
import { documentSchema } from '../document/document-schema.js';
import { DEFAULT_KIND, DEFAULTS, DOCUMENT_KINDS, KINDS, type Kind } from '../kinds.js';
import { SHAPES } from '../../schema/shape-field.js';
import { editorDefinitions, editorSchema } from './shape-schemas.js';
import { ENVIRONMENTS } from '../document/written-document.js';
import { NOT_SUGGESTED, type JsonSchema, type Schemas } from './subschemas.js';

const KIND_FIELD = 'The kind of object that this file describes.';

/** Names the schema. It is not an address: the package contains the file. */
const ID = 'urn:cdk8s-worker-metrics:values';

/**
 * The JSON Schema (draft-07) of values files with one environment. `kind` selects the schema with if/then: an editor then
 * reports the errors of that kind, not of all kinds.
 */
export function valuesJsonSchema(): JsonSchema {
  const kinds = Object.keys(KINDS) as Kind[];
  const others = DOCUMENT_KINDS.filter((kind) => kind !== DEFAULT_KIND);
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
        enum: DOCUMENT_KINDS,
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
    definitions: {
      ...definitions,
      [DEFAULTS]: defaultsJsonSchema(definitions[DEFAULT_KIND] ?? {}),
      ...editorDefinitions(definitions),
    },
  };
}

function documentJsonSchema(kind: Kind): JsonSchema {
  const { properties, required = [], ...document } = plain(documentSchema(kind));
  return {
    ...document,
    properties: {
      kind: {
        ...NOT_SUGGESTED,
        description: KIND_FIELD,
        ...(kind === DEFAULT_KIND && { default: DEFAULT_KIND }),
      },
      ...(properties as object),
      [ENVIRONMENTS]: environmentsSchema,
    },
    required: [...(kind === DEFAULT_KIND ? [] : ['kind']), ...(required as string[])],
  };
}

const DEFAULTS_MEANING =
  'Values that hold for all applications in the folder of this file and below: the keys of a WorkerApp, except `name`. None is required.';

/** The keys of an application except its name, by reference. */
function defaultsJsonSchema({ properties }: JsonSchema): JsonSchema {
  const { kind = {}, name: _, ...shared } = properties as Schemas;
  const { default: __, ...kindField } = kind;
  return {
    description: DEFAULTS_MEANING,
    type: 'object',
    properties: {
      kind: kindField,
      ...Object.fromEntries(Object.keys(shared).map((key) => [key, sharedKey(key)])),
    },
    required: ['kind'],
    additionalProperties: false,
  };
}

function sharedKey(key: string): JsonSchema {
  return { $ref: `#/definitions/${DEFAULT_KIND}/properties/${key}` };
}

const environmentsSchema: JsonSchema = {
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
};

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
