import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { dependents } from '../../kubernetes/variable-references.js';
import { missingComputed } from '../keys/env.js';
import type { PodConstraint, PodValues } from '../pod-values.js';

/** The computed variables of the web pods: processes and jobs do not get them. */
export const COMPUTED_VARIABLE_CONSTRAINTS: readonly PodConstraint[] = [
  { reads: ['env', 'envFrom', 'command', 'args', 'check'], problems: missingVariables },
];

/** Keys with a command line. */
const COMMAND_LINES = ['command', 'args', 'check'] as const;

type Pods = Pick<PodValues, 'env' | 'envFrom' | 'command' | 'args'> & {
  /** Of a migration. */
  readonly check?: readonly string[] | false | undefined;
};

/** Variables and words that refer to a computed variable, also through other variables. */
function missingVariables(pods: Pods): FieldDiagnostic[] {
  const { env = {}, envFrom = [] } = pods;
  const problems = missingComputed(env).flatMap((computed) => {
    const variables = dependents(env, [computed]);
    // Kubernetes expands variables of envFrom in command lines, but not in env.
    const words = envFrom.length > 0 ? [] : wordsWith(pods, [computed, ...variables]);
    return [...[...variables].map((name) => ['env', name]), ...words].map((path) => missing(path, computed));
  });
  return [...new Map(problems.map((problem) => [problem.path.join(' '), problem])).values()];
}

/** The places of the words that refer to a variable. */
function wordsWith(pods: Pods, variables: readonly string[]): (string | number)[][] {
  return COMMAND_LINES.flatMap((key) => {
    const words = pods[key];
    if (words === undefined || words === false) return [];
    const found = dependents({ ...words }, variables);
    return [...found].map((index) => [key, Number(index)]);
  });
}

function missing(path: FieldDiagnostic['path'], computed: string): FieldDiagnostic {
  const message = `refers to ${computed}, which is computed for the web pods alone`;
  const value = computed === 'WEB_CONCURRENCY' ? 'the number' : 'the value';
  return { path, message, hint: `set ${computed} in the env beside it, or write ${value}` };
}
