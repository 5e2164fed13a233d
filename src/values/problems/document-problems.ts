import { type Diagnostic, type FieldDiagnostic, placed } from '../../diagnostics/diagnostic.js';
import { checkDelivery } from '../../delivery/check-delivery.js';
import { withAdvice } from '../hints/problem-advice.js';
import { checkEnvironmentValues } from './check-environment-values.js';
import type { Kind } from '../kinds.js';
import { withInheritedCause } from './inherited-cause.js';
import { knownProps } from '../hints/unknown-keys.js';
import type { ValuesDocument } from '../document/values-document.js';
import type { EnvironmentValues } from '../document/environment-values.js';

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
  return withAdvice(problems, kind, environmentValues);
}

function deliveryProblems({ environment, value: { name, delivery } }: EnvironmentValues): FieldDiagnostic[] {
  if (delivery === undefined) return [];
  const { problems = [] } = checkDelivery(delivery, { name, environment });
  return problems.map((problem) => ({ ...problem, path: ['delivery', ...problem.path] }));
}
