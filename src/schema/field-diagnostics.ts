import { isMap, own } from '../kubernetes/manifest.js';
import { newerJobField } from '../kubernetes/newer-fields.js';
import * as z from 'zod';
import { HIDDEN, isSecret, isSecretName } from '../diagnostics/secrets.js';
import { nearestName, expected, inspect, knownAre, orRelated } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { valueAt } from '../diagnostics/field-path.js';
import { REFUSED_KEYS } from './fields.js';
import { messageAndHint } from './message-with-hint.js';
import { SHAPES } from './shape-field.js';
import { alternatives, formsAt, isOptional, nearestForm, schemaAt } from './schema-walk.js';

/** All problems that a schema finds in a value, at most one for each field. */
export function fieldDiagnostics(schema: z.ZodType, value: unknown): FieldDiagnostic[] {
  const result = schema.safeParse(value);
  const issues = result.error?.issues ?? [];
  const problems = new Map<string, FieldDiagnostic>();
  const unwritable = unusable(value);
  const isNumber = ({ path }: FieldDiagnostic) => typeof valueAt(value, path) === 'number';
  for (const problem of [
    ...unwritable.filter((problem) => !isNumber(problem)),
    ...issues.flatMap((issue) => toProblems(schema, value, issue)),
    ...unwritable.filter(isNumber), // a field that takes no large number says what it takes
  ]
    .map((problem) => withAdviceOnNull(schema, value, problem))
    .map((problem) => withoutSecret(value, problem))) {
    const place = JSON.stringify(problem.path);
    if (!problems.has(place)) problems.set(place, problem);
  }
  return [...problems.values()];
}

/**
 * Adds a hint to a null: in YAML, a key without a value. Its lines may not be indented, or the user wants the default.
 */
function withAdviceOnNull(schema: z.ZodType, value: unknown, problem: FieldDiagnostic): FieldDiagnostic {
  const { path, message, inKey = false } = problem;
  if (inKey || path.length === 0 || valueAt(value, path) !== null) return problem;
  if (problem.hint !== undefined || !message.endsWith('got null')) return problem;
  if (!isOptional(schemaAt(schema, path))) return problem;
  const indent = takesLines(schemaAt(schema, path)) ? 'indent the lines that belong to it, or ' : '';
  return { ...problem, hint: `${indent}remove this line for the default` };
}

/** Whether a value may be a map or a list. */
export function takesLines(schema: z.core.$ZodType | undefined): boolean {
  return alternatives(schema).some(
    (form) =>
      form instanceof z.ZodObject ||
      form instanceof z.ZodRecord ||
      form instanceof z.ZodArray ||
      SHAPES.has(form as z.ZodType),
  );
}

/** Hides the value of a field whose name tells that it is a secret. */
function withoutSecret(value: unknown, problem: FieldDiagnostic): FieldDiagnostic {
  const { path, inKey = false } = problem;
  if (inKey || !isSecretName(String(path.at(-1)))) return problem;
  const name = String(path.at(-1));
  return scalarsIn(valueAt(value, path))
    .filter((scalar) => isSecret(name, scalar))
    .reduce<FieldDiagnostic>((hidden, scalar) => withoutText(inspect(scalar), hidden), problem);
}

/** A scalar, or those in a map: `{ value: … }`. */
function scalarsIn(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [value];
}

function withoutText(text: string, { hint, ...problem }: FieldDiagnostic): FieldDiagnostic {
  return {
    ...problem,
    message: problem.message.replaceAll(text, HIDDEN),
    ...(hint !== undefined && { hint: hint.replaceAll(text, HIDDEN) }),
  };
}

function toProblems(schema: z.ZodType, value: unknown, issue: z.core.$ZodIssue): FieldDiagnostic[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  switch (issue.code) {
    case 'unrecognized_keys': {
      const forms = formsAt(schema, path).filter(({ shape }) =>
        issue.keys.every((key) => !Object.hasOwn(shape, key)),
      );
      const form = formOf(forms, value, path);
      return unknownKeys(issue.keys, (key) => refusedKey([...path, key], form), path);
    }
    case 'invalid_union': {
      const form = formOf(formsAt(schema, path), value, path);
      return form === undefined
        ? [{ path, ...messageAndHint(issue.message) }]
        : fieldDiagnostics(form, valueAt(value, path)).map((inner) => ({
            ...inner,
            path: [...path, ...inner.path],
          }));
    }
    case 'custom':
      return [{ path, ...messageAndHint(issue.message), ...issue.params }];
    case 'invalid_key':
      return [inKey(path, messageAndHint(issue.issues[0]?.message ?? issue.message))];
    default:
      return [{ path, ...messageAndHint(issue.message) }];
  }
}

/** The form that is nearest to the map at a path; undefined if there is no map. */
function formOf(forms: readonly z.ZodObject[], value: unknown, path: readonly (string | number)[]) {
  const given = valueAt(value, path);
  return isMap(given) ? nearestForm(forms, given) : undefined;
}

function refusedKey(path: readonly (string | number)[], map: z.ZodObject | undefined): FieldDiagnostic {
  const refused = map && REFUSED_KEYS.get(map);
  const key = String(path.at(-1));
  const reason = refused && own(refused, key);
  return reason === undefined ? unknownKey(path, Object.keys(map?.shape ?? {})) : inKey(path, messageAndHint(reason));
}

/** A diagnostic about an unknown key, with the nearest known key or all known keys. */
export function unknownKey(path: readonly (string | number)[], known: readonly string[]): FieldDiagnostic {
  const name = String(path.at(-1));
  const newer = known.includes('backoffLimit') ? newerJobField(name) : undefined;
  if (newer !== undefined) return inKey(path, newer);
  const near = nearestName(name, known);
  if (near !== undefined || known.length === 0 || path.at(-1) === MERGE) return inKey(path, { message: 'unknown key', hint: near });
  return { ...inKey(path, { message: 'unknown key', hint: `${knownAre(known)}${orRelated(name, known)}` }), known };
}

/** Most diagnostics about unknown keys of one map. A map with more is probably another program's file. */
const MOST_UNKNOWN = 50;

/** A problem for each unknown key of a map. If there are very many, the last problem is about all others. */
export function unknownKeys(
  keys: readonly string[],
  problemOf: (key: string) => FieldDiagnostic,
  path: readonly (string | number)[] = [],
): FieldDiagnostic[] {
  const problems = keys.slice(0, MOST_UNKNOWN).map(problemOf);
  const [next] = keys.slice(MOST_UNKNOWN);
  if (next === undefined) return problems;
  const count = keys.length - MOST_UNKNOWN;
  return [...problems, inKey([...path, next], { message: `unknown key, the first of ${count} more in this map` })];
}

/** The merge key of YAML 1.1: the keys of another map replace it. */
const MERGE = '<<';

function inKey(
  path: readonly (string | number)[],
  { message, hint }: Pick<FieldDiagnostic, 'message' | 'hint'>,
): FieldDiagnostic {
  return path.at(-1) === MERGE
    ? { path, message: 'YAML 1.2 has no merge key', hint: 'write the keys out', inKey: true }
    : { path, message, ...(hint !== undefined && { hint }), inKey: true };
}

/** A key with a special meaning in JavaScript. zod ignores it. */
const RESERVED = '__proto__';

/**
 * Control characters and code points that YAML can only contain as escapes: kubectl and other tools cannot print them.
 */
const UNPRINTABLE = /[^\t\n\r -~\u0085\u00A0-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Most characters of a text: etcd accepts 1.5 MiB for a whole object. */
const LONGEST_TEXT = 1.5 * 2 ** 20;

function unusableText(text: string, path: readonly (string | number)[]): FieldDiagnostic[] {
  if (text.length > LONGEST_TEXT)
    return [{ path, message: `a text of ${text.length} characters; an object of Kubernetes takes at most 1.5 MiB` }];
  if (!text.isWellFormed()) return [{ path, message: expected('text in Unicode', text) }];
  return UNPRINTABLE.test(text) ? [{ path, message: expected('text without control characters', text) }] : [];
}

/** JavaScript rounds larger whole numbers. */
function unusableNumber(number: number, path: readonly (string | number)[]): FieldDiagnostic[] {
  if (!Number.isInteger(number) || Number.isSafeInteger(number)) return [];
  const message = `a number beyond ${Number.MAX_SAFE_INTEGER} cannot be written exactly`;
  return [{ path, message, hint: 'choose a smaller number' }];
}

/**
 * Problems with keys, texts and numbers that no schema finds.
 * @param seen values that are already checked: values may contain each other, and aliases repeat values
 */
export function unusable(
  value: unknown,
  path: readonly (string | number)[] = [],
  seen = new Set<object>(),
): FieldDiagnostic[] {
  if (typeof value === 'string') return unusableText(value, path);
  if (typeof value === 'number') return unusableNumber(value, path);
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const inner = Object.entries(value).flatMap(([key, child]) =>
    unusable(child, [...path, Array.isArray(value) ? Number(key) : key], seen),
  );
  if (!Object.hasOwn(value, RESERVED)) return inner;
  return [inKey([...path, RESERVED], { message: 'a reserved name', hint: 'choose another one' }), ...inner];
}
