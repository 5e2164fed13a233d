import { problemsIn } from '../fields/field-rules.js';
import type { FieldProblem } from '../problems/problem.js';
import type { WorkerAppProps } from './worker-app-props.js';
import { WORKER_APP_RULES } from './worker-app-rules.js';
import { workerAppSchema } from './worker-app-schema.js';

/** Everything that is wrong in what should be WorkerAppProps: each field by itself, then between fields. */
export function workerAppProblems(value: unknown): FieldProblem[] {
  return problemsIn<WorkerAppProps>(workerAppSchema, WORKER_APP_RULES, value);
}
