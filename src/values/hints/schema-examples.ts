import * as z from 'zod';
import { alternatives, isOptional } from '../../schema/schema-walk.js';

/** The example of a schema; of a map of keys, the examples of its required keys, or of its first key. */
export function exampleOf(schema: z.core.$ZodType | undefined): unknown {
  const examples = (schema as z.ZodType | undefined)?.meta()?.['examples'];
  if (Array.isArray(examples)) return examples[0];
  for (const form of alternatives(schema)) {
    const example = form instanceof z.ZodObject ? ofMap(form) : form === schema ? undefined : exampleOf(form);
    if (example !== undefined) return example;
  }
  return undefined;
}

function ofMap({ shape }: z.ZodObject): object | undefined {
  const keys = Object.entries(shape);
  const required = keys.filter(([, field]) => !isOptional(field));
  const entries = (required.length > 0 ? required : keys.slice(0, 1)).map(
    ([key, field]) => [key, exampleOf(field)] as const,
  );
  return entries.some(([, example]) => example === undefined) ? undefined : Object.fromEntries(entries);
}
