import type { z } from 'zod';
import { formatPath, type FieldProblem } from '../diagnostics/problem.js';
import { fieldProblems } from './field-problems.js';

/** A rule between fields. It is asked only where each field that it reads is right by itself. */
export interface FieldRule<Props> {
  /** Paths of the fields that the rule reads. */
  readonly reads: readonly string[];
  /** What is wrong, if anything. */
  problems(props: Props): FieldProblem[];
}

/** Everything that is wrong in what should be such props: each field by itself, then between fields. */
export function problemsIn<Props>(
  schema: z.ZodType<Props>,
  rules: readonly FieldRule<Props>[],
  value: unknown,
): FieldProblem[] {
  const alone = fieldProblems(schema, value);
  const broken = alone.map(({ path }) => formatPath(path));
  const between = rules
    .filter((rule) => !reads(rule, broken))
    .flatMap((rule) => rule.problems(value as Props));
  return [...alone, ...between];
}

function reads({ reads: fields }: FieldRule<never>, broken: readonly string[]): boolean {
  return broken.some((field) =>
    fields.some((read) => field === '' || read === field || isWithin(read, field) || isWithin(field, read)),
  );
}

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
}
