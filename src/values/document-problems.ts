import type * as z from 'zod';
import { PUT_IN_QUOTES } from '../diagnostics/expected.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { type Diagnostic, type FieldDiagnostic, placed } from '../diagnostics/diagnostic.js';
import { unknownKey, unknownKeys } from '../schema/field-diagnostics.js';
import { checkDelivery } from '../delivery/check-delivery.js';
import { nearest, nearestName } from '../diagnostics/expected.js';
import { isRequired } from '../schema/schema-walk.js';
import { documentSchema } from './document-schema.js';
import { checkEnvironmentValues } from './check-environment-values.js';
import { DEFAULT_KIND, KINDS, type Kind } from './kinds.js';
import { emptyKeyBefore, isLikeEnvironment, keysInside, writeInstead } from './misplaced-keys.js';
import { withRightForm } from './other-forms.js';
import { withInheritedCause } from './inherited-cause.js';
import type { ValuesDocument } from './values-document.js';
import type { EnvironmentValues } from './environment-values.js';
import { ENVIRONMENTS } from './written-document.js';

/** A problem, and whether the value that has it comes from Defaults. */
export interface DocumentProblem {
  readonly problem: Diagnostic;
  readonly isInherited: boolean;
}

/** A problem that several environments may share. */
interface Shared extends DocumentProblem {
  readonly environments: string[];
}

/**
 * All problems of a document, each with its place. Each environment is validated as a whole. A problem of shared values is
 * reported once; if only some environments have it, the message names them.
 *
 * @param wanted the environments to validate
 * @param problemsOf validates one environment. @default - without references to other documents
 */
export function documentProblems(
  { kind, environments: all }: ValuesDocument,
  wanted: readonly EnvironmentValues[],
  problemsOf: (environmentValues: EnvironmentValues) => FieldDiagnostic[] = (environmentValues) =>
    environmentProblems(kind, environmentValues),
): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const shared = new Map<string, Shared>();
  for (const environmentValues of wanted) {
    const { environment } = environmentValues;
    for (const found of problemsOf(environmentValues)) {
      const problem = placed(found, environmentValues.placeOf(found.path, found.inKey));
      const isInherited = environmentValues.isInherited(found.path);
      if (environment === undefined || environmentValues.originOf(found.path).environment !== undefined) {
        problems.push({ problem, isInherited });
      } else {
        const key = JSON.stringify(problem);
        const same: Shared = shared.get(key) ?? { problem, isInherited, environments: [] };
        same.environments.push(environment);
        shared.set(key, same);
      }
    }
  }
  for (const { problem, isInherited, environments } of shared.values()) {
    const where = environments.length === all.length ? '' : `in ${environments.join(', ')}: `;
    problems.push({ problem: { ...problem, message: `${where}${problem.message}` }, isInherited });
  }
  return problems;
}

function environmentProblems(kind: Kind, environmentValues: EnvironmentValues): FieldDiagnostic[] {
  const { props, unknown, elsewhere } = knownProps(kind, environmentValues);
  const { problems: wrong = [] } = checkEnvironmentValues(kind, environmentValues, props);
  const isElsewhere = ({ path: [key = ''] }: FieldDiagnostic) =>
    elsewhere.includes(String(key)) && !Object.hasOwn(props, key);
  const problems = [
    ...unknown,
    ...wrong
      .filter((problem) => !isElsewhere(problem))
      .map((problem) => withInheritedCause(problem, kind, environmentValues)),
    ...deliveryProblems(environmentValues),
  ];
  const schema = documentSchema(kind);
  return withFormAdvice(
    problems.map((problem) => withAdvice(problem, environmentValues, schema)),
    kind,
    environmentValues,
  );
}

/** The values without unknown keys, and the problems of these keys. */
interface KnownProps {
  readonly props: object;
  readonly unknown: FieldDiagnostic[];
  /** Keys that may be missing, because they are in the value of an unknown key, or misspelled. */
  readonly elsewhere: readonly string[];
}

/** Separates the unknown keys from the values. @param not keys that are known, but not suggested */
export function knownProps(
  kind: Kind,
  environmentValues: EnvironmentValues,
  not: readonly string[] = [],
): KnownProps {
  const { props, value } = environmentValues;
  const { shape } = documentSchema(kind);
  const unknown = Object.keys(props).filter((key) => !Object.hasOwn(shape, key));
  if (unknown.length === 0) return { props, elsewhere: [], unknown: [] };
  const suggested = Object.keys(shape).filter((key) => !not.includes(key));
  const missing = Object.entries(KINDS[kind].keys).flatMap(([key, { isRequired }]) =>
    isRequired && !Object.hasOwn(props, key) ? [key] : [],
  );
  return {
    props: without(unknown, props),
    elsewhere: unknown.flatMap((key) => [
      ...keysInside(value[key], missing),
      ...[nearest(key, suggested)].filter((near) => near !== undefined),
    ]),
    unknown: unknownKeys(unknown, (key) => {
      const around = emptyKeyBefore(kind, key, value);
      const instead =
        writeInstead(kind, key, value[key], missing) ??
        (around && `indent it, if it belongs to ${around}`) ??
        (isLikeEnvironment(kind, key, value[key])
          ? `write it in ${ENVIRONMENTS}, if it is an environment`
          : undefined);
      return instead === undefined
        ? unknownKey(
            [key],
            isOfBase(environmentValues, key) ? [...suggested, 'kind', ENVIRONMENTS] : suggested,
          )
        : { path: [key], message: 'unknown key', hint: instead, inKey: true };
    }),
  };
}

/** @param schema of the whole document. Undefined if no key is required */
export function withAdvice(
  problem: FieldDiagnostic,
  environmentValues: EnvironmentValues,
  schema?: z.ZodType,
): FieldDiagnostic {
  return withAdviceOnSet(withAdviceOnNull(problem, environmentValues, schema), environmentValues);
}

/** Most problems of a document with advice on the form of the value: each tries several values. */
const MOST_ADVISED = 20;

/** Adds the line to write to problems about the form of a value. */
export function withFormAdvice(
  problems: readonly FieldDiagnostic[],
  kind: Kind,
  environmentValues: EnvironmentValues,
): FieldDiagnostic[] {
  const { value } = environmentValues;
  const document = { schema: documentSchema(kind), value, prefix: kind === DEFAULT_KIND ? '' : `${kind}.` };
  let advised = 0;
  return problems.map((problem) => {
    if (problem.inKey !== true) advised += 1;
    return advised <= MOST_ADVISED ? withRightForm(problem, document) : problem;
  });
}

function deliveryProblems({ environment, value: { name, delivery } }: EnvironmentValues): FieldDiagnostic[] {
  if (delivery === undefined) return [];
  const { problems = [] } = checkDelivery(delivery, { name, environment });
  return problems.map((problem) => ({ ...problem, path: ['delivery', ...problem.path] }));
}

function without(keys: readonly string[], map: object): Readonly<Record<string, unknown>> {
  const left = new Set(keys);
  return Object.fromEntries(Object.entries(map).filter(([key]) => !left.has(key)));
}

function isOfBase(environmentValues: EnvironmentValues, key: string): boolean {
  const { environment, set } = environmentValues.originOf([key]);
  return environment === undefined && set === undefined;
}

/** Quotes of YAML need quotes of the shell around them. */
function withAdviceOnSet(problem: FieldDiagnostic, environmentValues: EnvironmentValues): FieldDiagnostic {
  const set = environmentValues.setAt(problem.path);
  return set === undefined
    ? problem
    : { ...problem, hint: problem.hint === PUT_IN_QUOTES ? set.asText : problem.hint };
}

/** Whether a process or job inherits a value from the application. */
function isOfApplication(path: FieldPath, { value }: EnvironmentValues): boolean {
  return path.length > 1 && Object.hasOwn(value, String(path.at(-1)));
}

const REMOVES_NOTHING = {
  Defaults: 'null removes a value of Defaults, but Defaults do not contain it',
  base: 'null removes a value of the base, but the base does not contain it',
  nothing: 'null removes an inherited value, but there is none',
};

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
