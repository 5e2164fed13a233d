import type { z } from 'zod';
import type { FieldProblem } from '../problems/problem.js';
import { workerAppProblems } from '../worker-app/worker-app-problems.js';
import type { WorkerAppProps } from '../worker-app/worker-app-props.js';
import { workerAppSchema } from '../worker-app/worker-app-schema.js';

/** What each kind of values file describes. */
export interface PropsOfKind {
  WorkerApp: WorkerAppProps;
}

export type Kind = keyof PropsOfKind;

interface KindOfValues {
  /** The shape, as far as a schema can say it. */
  readonly schema: z.ZodObject;
  /** Everything that is wrong in what should be the props of this kind. */
  problems(value: unknown): FieldProblem[];
}

export const KINDS: Readonly<Record<Kind, KindOfValues>> = {
  WorkerApp: { schema: workerAppSchema, problems: workerAppProblems },
};

export const DEFAULT_KIND: Kind = 'WorkerApp';
