import type { z } from 'zod';
import { didYouMean, expected } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';
import { REFUSED_KEYS } from './fields.js';
import { mapAt } from './schema-walk.js';

/** Everything that a schema finds wrong in a value, one problem a field. */
export function fieldProblems(schema: z.ZodType, value: unknown): FieldProblem[] {
  const result = schema.safeParse(value);
  const issues = result.error?.issues ?? [];
  const problems = new Map<string, FieldProblem>();
  for (const problem of [...unusable(value), ...issues.flatMap((issue) => toProblems(schema, issue))]) {
    const place = JSON.stringify(problem.path);
    if (!problems.has(place)) problems.set(place, problem);
  }
  return [...problems.values()];
}

function toProblems(schema: z.ZodType, issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  switch (issue.code) {
    case 'unrecognized_keys': {
      const map = mapAt(schema, path);
      return issue.keys.map((key) => refusedKey([...path, key], map));
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
      return [inKey(path, issue.issues[0]?.message ?? issue.message)];
    default:
      return [{ path, message: issue.message }];
  }
}

function refusedKey(path: readonly (string | number)[], map: z.ZodObject | undefined): FieldProblem {
  const refused = map && REFUSED_KEYS.get(map);
  const key = String(path.at(-1));
  const reason = refused && Object.hasOwn(refused, key) ? refused[key] : undefined;
  return reason === undefined ? unknownKey(path, Object.keys(map?.shape ?? {})) : inKey(path, reason);
}

/** A key that means nothing where it stands. */
export function unknownKey(path: readonly (string | number)[], known: readonly string[]): FieldProblem {
  const hint = didYouMean(String(path.at(-1)), known) || `; known are ${known.join(', ')}`;
  return inKey(path, `unknown key${hint}`);
}

/** YAML 1.1 puts the keys of another map in its place. */
const MERGE = '<<';

function inKey(path: readonly (string | number)[], message: string): FieldProblem {
  const words = path.at(-1) === MERGE ? 'YAML 1.2 has no merge key; write the keys out' : message;
  return { path, message: words, inKey: true };
}

/** JavaScript gives the key a meaning of its own, and zod passes over it. */
const RESERVED = '__proto__';

/**
 * Keys and texts that no schema tells from others.
 * @param seen what was walked already: values may hold each other, and aliases stand for as many again
 */
function unusable(
  value: unknown,
  path: readonly (string | number)[] = [],
  seen = new Set<object>(),
): FieldProblem[] {
  if (typeof value === 'string')
    return value.isWellFormed() ? [] : [{ path, message: expected('text in Unicode', value) }];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const inner = Object.entries(value).flatMap(([key, child]) =>
    unusable(child, [...path, Array.isArray(value) ? Number(key) : key], seen),
  );
  if (!Object.hasOwn(value, RESERVED)) return inner;
  return [inKey([...path, RESERVED], 'a reserved name; choose another one'), ...inner];
}
