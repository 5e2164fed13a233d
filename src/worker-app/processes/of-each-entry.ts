import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { ofEntry } from './of-entry.js';

type Entry<Key extends 'processes' | 'cronJobs'> =
  NonNullable<ResolvedWorkerApp[Key]> extends Readonly<Record<string, infer One>> ? One : never;

/** Constraints of pods, for each process or each job. */
export function ofEachEntry<Key extends 'processes' | 'cronJobs'>(
  key: Key,
  constraints: readonly Constraint<Entry<Key>, WorkerAppProps>[],
): Constraint<ResolvedWorkerApp, WorkerAppProps>[] {
  return constraints.map(({ reads, problems }) => ({
    reads: [key, ...reads],
    problems: (app, given) =>
      Object.entries(app[key] ?? {}).flatMap(([name, entry]) => {
        const own = given[key]?.[name] ?? {};
        return ofEntry([key, name], own, problems(entry as Entry<Key>, own as WorkerAppProps));
      }),
  }));
}
