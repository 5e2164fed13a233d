import type { z } from 'zod';
import type { FieldProblem } from '../problems/problem.js';
import { effectiveWorkerApp } from '../worker-app/effective-worker-app.js';
import { workerAppProblems } from '../worker-app/worker-app-problems.js';
import type { WorkerAppProps } from '../worker-app/worker-app-props.js';
import { workerAppSchema } from '../worker-app/worker-app-schema.js';

/** What each kind of values file describes. */
export interface PropsOfKind {
  WorkerApp: WorkerAppProps;
}

export type Kind = keyof PropsOfKind;

interface KindOfValues<K extends Kind> {
  /** The shape, as far as a schema can say it. */
  readonly schema: z.ZodObject;
  /** Everything that is wrong in what should be the props of this kind. */
  problems(value: unknown): FieldProblem[];
  /** Props without problems, with every default written out. */
  effective(props: PropsOfKind[K]): PropsOfKind[K];
}

export const KINDS: { readonly [K in Kind]: KindOfValues<K> } = {
  WorkerApp: { schema: workerAppSchema, problems: workerAppProblems, effective: effectiveWorkerApp },
};

export const DEFAULT_KIND: Kind = 'WorkerApp';
