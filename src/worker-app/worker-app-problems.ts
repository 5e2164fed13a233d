import { fieldProblems } from '../fields/field-problems.js';
import { formatPath, type FieldProblem } from '../problems/problem.js';
import type { WorkerAppProps } from './worker-app-props.js';
import { WORKER_APP_RULES, type WorkerAppRule } from './worker-app-rules.js';
import { workerAppSchema } from './worker-app-schema.js';

/** Everything that is wrong in what should be WorkerAppProps: each field by itself, then between fields. */
export function workerAppProblems(value: unknown): FieldProblem[] {
  const alone = fieldProblems(workerAppSchema, value);
  const broken = alone.map(({ path }) => formatPath(path));
  const between = WORKER_APP_RULES.filter((rule) => !reads(rule, broken)).flatMap((rule) =>
    rule.problems(value as WorkerAppProps),
  );
  return [...alone, ...between];
}

function reads(rule: WorkerAppRule, broken: readonly string[]): boolean {
  return broken.some((field) =>
    rule.reads.some(
      (read) => field === '' || read === field || isWithin(read, field) || isWithin(field, read),
    ),
  );
}

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}.`);
}
