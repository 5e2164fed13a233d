import { PUT_IN_QUOTES } from '../diagnostics/expected.js';
import { type Diagnostic, type FieldDiagnostic, placed } from '../diagnostics/diagnostic.js';
import { unknownKey, unknownKeys } from '../schema/field-diagnostics.js';
import { checkDelivery } from '../delivery/check-delivery.js';
import { nearestName } from '../diagnostics/expected.js';
import { documentSchema } from './document-schema.js';
import { checkEnvironmentValues } from './check-environment-values.js';
import type { Kind } from './kinds.js';
import { writeInstead } from './misplaced-keys.js';
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
  const { props, unknown } = knownProps(kind, environmentValues);
  const { problems: wrong = [] } = checkEnvironmentValues(kind, environmentValues, props);
  const problems = [
    ...unknown,
    ...wrong.map((problem) => withInheritedCause(problem, kind, environmentValues)),
    ...deliveryProblems(environmentValues),
  ];
  return problems.map((problem) => withAdvice(problem, environmentValues));
}

/** The values without unknown keys, and the problems of these keys. @param not keys that are known, but not suggested */
export function knownProps(
  kind: Kind,
  environmentValues: EnvironmentValues,
  not: readonly string[] = [],
): { readonly props: object; readonly unknown: FieldDiagnostic[] } {
  const known = Object.keys(documentSchema(kind).shape);
  const suggested = known.filter((key) => !not.includes(key));
  const unknown = Object.keys(environmentValues.props).filter((key) => !known.includes(key));
  return {
    props: unknown.length === 0 ? environmentValues.props : without(unknown, environmentValues.props),
    unknown: unknownKeys(unknown, (key) => {
      const instead = writeInstead(kind, key, environmentValues.value[key]);
      return instead === undefined
        ? unknownKey(
            [key],
            isOfBase(environmentValues, key) ? [...suggested, 'kind', ENVIRONMENTS] : suggested,
          )
        : { path: [key], message: 'unknown key', hint: instead, inKey: true };
    }),
  };
}

export function withAdvice(problem: FieldDiagnostic, environmentValues: EnvironmentValues): FieldDiagnostic {
  return withAdviceOnSet(withAdviceOnNull(problem, environmentValues), environmentValues);
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

function withAdviceOnNull(problem: FieldDiagnostic, environmentValues: EnvironmentValues): FieldDiagnostic {
  const { path, inKey } = problem;
  const beside = inKey ? undefined : environmentValues.keysBesideNull(path);
  if (beside === undefined) return problem;
  const near = nearestName(String(path.at(-1)), beside.keys);
  if (environmentValues.setAt(path) !== undefined)
    return {
      path,
      message: 'null removes a value, but there is none',
      ...(near !== undefined && { hint: near }),
    };
  if (beside.of === 'Defaults')
    return near === undefined
      ? problem // without Defaults, null has no meaning here
      : { path, message: 'null removes a value of Defaults, but Defaults do not contain it', hint: near };
  const message = 'null removes a value of the base, but the base does not contain it';
  return { path, message, hint: near ?? 'remove this line' };
}
