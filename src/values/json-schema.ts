import { z } from 'zod';
import { DEFAULT_KIND, KINDS } from './kinds.js';

const KIND_FIELD = 'What this file describes.';

/**
 * The JSON Schema (draft-07) of values files, for completion and validation in editors. `kind` decides which of the
 * shapes holds: an editor then names what is wrong in that one, and not that none of them fits.
 */
export function valuesJsonSchema(): object {
  const kinds = Object.keys(KINDS);
  const definitions = Object.fromEntries(
    Object.entries(KINDS).map(([kind, { schema }]) => [kind, shape(kind, schema)]),
  );
  const others = kinds.filter((kind) => kind !== DEFAULT_KIND);
  const reference = (kind: string) => ({ $ref: `#/definitions/${kind}` });
  return {
    title: 'Values of cdk8s-worker-metrics',
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: { kind: { description: KIND_FIELD, default: DEFAULT_KIND, type: 'string', enum: kinds } },
    ...others.reduceRight<object>(
      (otherwise, kind) => ({
        if: { properties: { kind: { const: kind } }, required: ['kind'] },
        // eslint-disable-next-line unicorn/no-thenable
        then: reference(kind),
        else: otherwise,
      }),
      reference(DEFAULT_KIND),
    ),
    definitions,
  };
}

function shape(kind: string, schema: z.ZodObject): object {
  const field = z.literal(kind).meta({ description: KIND_FIELD });
  const whole = schema.extend({ kind: kind === DEFAULT_KIND ? field.optional() : field });
  const { $schema: _, ...definition } = z.toJSONSchema(whole, { target: 'draft-7', io: 'input' });
  return definition;
}
