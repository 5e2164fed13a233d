import type { z } from 'zod';
import { checkKeys, type Checked } from '../schema/constraint.js';
import { objectOf } from '../schema/object-of-keys.js';
import { KEYS, type ResolvedWorkerApp } from './keys/index.js';
import { WORKER_APP_CONSTRAINTS } from './worker-app-constraints.js';
import type { WorkerAppProps } from './worker-app-props.js';

/** The schema of WorkerAppProps. */
export const workerAppSchema = objectOf(KEYS);

// The generated types match the schema.
workerAppSchema satisfies z.ZodType<WorkerAppProps>;

/** Checks WorkerAppProps. Returns all problems, or the props with every default. */
export function checkWorkerApp(props: unknown): Checked<ResolvedWorkerApp> {
  return checkKeys(KEYS, workerAppSchema, WORKER_APP_CONSTRAINTS, props);
}
