import { printable } from './printable.js';
import { shownName } from './expected.js';

/** One thing wrong in one field of what the user wrote: where in the value, and what is wrong with it. */
export interface FieldProblem {
  /** The field, from the outside in: `['metrics', 'startPort']`. */
  readonly path: readonly (string | number)[];
  /** What is wrong, the value, what is allowed, what to do. */
  readonly message: string;
  /** Whether the name of the field is wrong, rather than its value. @default false */
  readonly inKey?: boolean;
}

/** One thing wrong, with its place among the user's files. */
export interface Problem {
  /** The file, as the user named it. */
  readonly file: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the line, from 1. */
  readonly column?: number;
  /** The field, as in `metrics.startPort`. */
  readonly field?: string;
  /** What is wrong, the value, what is allowed, what to do. */
  readonly message: string;
}

/** `values/app.yaml:7: workers: expected a whole number from 1 to 100, got 0` */
export function formatProblem({ file, line, column, field, message }: Problem): string {
  const place = [printable(file), line, column].filter((part) => part !== undefined).join(':');
  return [place, field, message].filter((part) => part !== undefined && part !== '').join(': ');
}

/** `metrics.startPort`, `env.A`, `windows[0].days` */
export function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : (i === 0 ? '' : '.') + shownName(key)))
    .join('');
}
