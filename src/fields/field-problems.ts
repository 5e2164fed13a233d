import { z } from 'zod';
import { didYouMean } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';

/** Everything that a schema finds wrong in a value, one problem a field. */
export function fieldProblems(schema: z.ZodType, value: unknown): FieldProblem[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  const problems = new Map<string, FieldProblem>();
  for (const problem of result.error.issues.flatMap((issue) => toProblems(schema, issue))) {
    const place = JSON.stringify(problem.path);
    if (!problems.has(place)) problems.set(place, problem);
  }
  return [...problems.values()];
}

function toProblems(schema: z.ZodType, issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `unknown key${didYouMean(key, known) || `; known are ${known.join(', ')}`}`,
        inKey: true,
      }));
    }
    case 'invalid_union': {
      // A switch with options that was given options: what is wrong is in those.
      const [whether = [], inOptions = []] = issue.errors;
      const isSwitch = whether[0]?.code === 'invalid_type' && whether[0].expected === 'boolean';
      if (!isSwitch || inOptions.some(({ code, path }) => code === 'invalid_type' && path.length === 0))
        return [{ path, message: issue.message }];
      return inOptions.flatMap((inner) =>
        toProblems(schema, { ...inner, path: [...issue.path, ...inner.path] }),
      );
    }
    case 'invalid_key':
      return [{ path, message: issue.issues[0]?.message ?? issue.message, inKey: true }];
    default:
      return [{ path, message: issue.message }];
  }
}

/** The keys that the map at a path may have. */
function keysAt(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (const key of path) {
    const map = unwrapped(at);
    if (map instanceof z.ZodObject) at = map.shape[key];
    else if (map instanceof z.ZodRecord) at = map.valueType as z.core.$ZodType;
    else if (map instanceof z.ZodArray) at = map.element as z.core.$ZodType;
    else return [];
  }
  const map = unwrapped(at);
  return map instanceof z.ZodObject ? Object.keys(map.shape) : [];
}

function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable)
    inner = inner.unwrap() as z.core.$ZodType;
  return inner instanceof z.ZodUnion
    ? unwrapped(inner.options.find((option) => option instanceof z.ZodObject))
    : inner;
}
