import type * as z from 'zod';
import { nearestName, PUT_IN_QUOTES } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { isRequired } from '../../schema/schema-walk.js';
import { documentSchema } from '../document/document-schema.js';
import type { EnvironmentValues } from '../document/environment-values.js';
import type { Kind } from '../kinds.js';
import { withRightForm } from './other-forms.js';
import { aroundSetValue } from '../set-values.js';

/** Most problems of a document with advice on the form of the value: each tries several values. */
const MOST_ADVISED = 20;

/**
 * Adds advice to the problems of a document: on a null, on a value of `--set`, on the form of a value.
 * @param isPart whether required keys may be missing. @default - they must be there
 */
export function withAdvice(
  problems: readonly FieldDiagnostic[],
  kind: Kind,
  environmentValues: EnvironmentValues,
  isPart = false,
): FieldDiagnostic[] {
  const schema = documentSchema(kind);
  const document = { schema, value: environmentValues.value, kind };
  let advised = 0;
  return problems.map((problem) => {
    const aboutNull = withAdviceOnNull(problem, environmentValues, isPart ? undefined : schema);
    const found = withAdviceOnSet(aboutNull, environmentValues);
    const { inKey = false } = found;
    if (!inKey) advised += 1;
    return inKey || advised <= MOST_ADVISED ? withRightForm(found, document) : found;
  });
}

/** Advice on a value of `--set`: quotes of YAML need quotes of the shell around them. */
function withAdviceOnSet(problem: FieldDiagnostic, environmentValues: EnvironmentValues): FieldDiagnostic {
  const { path, hint } = problem;
  const set = environmentValues.setAround(path);
  if (set === undefined) return problem;
  if (hint === PUT_IN_QUOTES && environmentValues.setAt(path) === set)
    return { ...problem, hint: set.asText };
  return aroundSetValue(problem, set, path.length);
}

const REMOVES_NOTHING = {
  Defaults: 'null removes a value of Defaults, but Defaults do not contain it',
  base: 'null removes a value of the base, but the base does not contain it',
  nothing: 'null removes an inherited value, but there is none',
};

/** @param schema of the whole document; undefined if required keys may be missing */
function withAdviceOnNull(
  problem: FieldDiagnostic,
  environmentValues: EnvironmentValues,
  schema: z.ZodType | undefined,
): FieldDiagnostic {
  const { path, inKey } = problem;
  if (inKey || path.some((key) => typeof key === 'number')) return problem; // a list inherits nothing
  const found = environmentValues.nullWithoutValue(path);
  if (found === undefined) return problem;
  const near = nearestName(String(path.at(-1)), found.keys);
  if (environmentValues.setAt(path) !== undefined)
    return {
      path,
      message: 'null removes a value, but there is none',
      ...(near !== undefined && { hint: near }),
    };
  if (near === undefined && found.over !== 'base') {
    if (schema !== undefined && isRequired(schema, path)) return problem;
    if (isOfApplication(path, environmentValues)) return problem;
    if (!found.isWritten)
      return { ...problem, message: problem.message.replace(/got null$/, 'got no value') };
  }
  return { path, message: REMOVES_NOTHING[found.over], hint: near ?? 'remove it' };
}

/** Whether a process or job inherits a value from the application. */
function isOfApplication(path: FieldPath, { value }: EnvironmentValues): boolean {
  return path.length > 1 && Object.hasOwn(value, String(path.at(-1)));
}
