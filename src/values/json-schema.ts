import { z } from 'zod';
import { DEFAULT_KIND, KINDS } from './kinds.js';

/** The JSON Schema (draft-07) of values files, for completion and validation in editors. */
export function valuesJsonSchema(): object {
  const [schema, ...others] = Object.entries(KINDS).map(([kind, values]) => {
    const kindField = z
      .literal(kind)
      .meta({ description: 'What this file describes.', default: DEFAULT_KIND });
    return values.schema.extend({ kind: kind === DEFAULT_KIND ? kindField.optional() : kindField });
  });
  const whole = others.length === 0 ? schema : z.union([schema, ...others] as [z.ZodType, ...z.ZodType[]]);
  return {
    title: 'Values of cdk8s-worker-metrics',
    ...z.toJSONSchema(whole as z.ZodType, { target: 'draft-7', io: 'input' }),
  };
}
