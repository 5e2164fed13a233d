import { problemsIn } from '../../schema/field-rules.js';
import type { FieldProblem } from '../../diagnostics/problem.js';
import type { AlertmanagerClusterProps } from './alertmanager-cluster-props.js';
import { ALERTMANAGER_CLUSTER_RULES } from './alertmanager-cluster-rules.js';
import { alertmanagerClusterSchema } from './alertmanager-cluster-schema.js';

/** Everything that is wrong in what should be AlertmanagerClusterProps. */
export function alertmanagerClusterProblems(value: unknown): FieldProblem[] {
  return problemsIn<AlertmanagerClusterProps>(alertmanagerClusterSchema(), ALERTMANAGER_CLUSTER_RULES, value);
}
