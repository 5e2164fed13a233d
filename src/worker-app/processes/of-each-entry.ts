import type { FieldPath } from '../../diagnostics/field-path.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { INHERITED_KEYS } from './pod-keys.js';
import { ofEntry } from './of-entry.js';

/** The keys with pods beside the web pods: maps by name, and `migrate`. */
type KeyOfPods = 'processes' | 'cronJobs' | 'migrate';

type Entry<Key extends KeyOfPods> = Key extends 'migrate'
  ? NonNullable<ResolvedWorkerApp['migrate']>
  : NonNullable<ResolvedWorkerApp[Key]> extends Readonly<Record<string, infer One>>
    ? One
    : never;

/** Constraints of pods, for each process or job. */
export function ofEachEntry<Key extends KeyOfPods>(
  key: Key,
  constraints: readonly Constraint<Entry<Key>, WorkerAppProps>[],
): Constraint<ResolvedWorkerApp, WorkerAppProps>[] {
  return constraints.map(({ reads, ofEach = [], problems }) => ({
    reads: [
      ...reads.filter(isTakenOver),
      ...(key === 'migrate' ? [...reads, ...ofEach].map((read) => `${key}.${read}`) : []),
    ],
    ...(key !== 'migrate' && { ofEach: [key] }),
    onlyWith: [key],
    problems: (app, given) => {
      const own = new Map(entriesOf(key, given).map(([place, entry]) => [String(place), entry]));
      return entriesOf(key, app).flatMap(([place, entry]) => {
        const given = own.get(String(place)) ?? {};
        return ofEntry(place, given, problems(entry as Entry<Key>, given as WorkerAppProps));
      });
    },
  }));
}

/** Whether entries take over the application's value of a key. */
function isTakenOver(read: string): boolean {
  const [name = ''] = read.split('.');
  return Object.hasOwn(INHERITED_KEYS, name);
}

/** The processes or jobs of a key, by their places: `processes`, `worker`. */
function entriesOf(key: KeyOfPods, values: Partial<Record<KeyOfPods, unknown>>): [FieldPath, object][] {
  const value = (values[key] ?? {}) as Readonly<Record<string, object>>;
  if (key === 'migrate') return values[key] === undefined ? [] : [[[key], value]];
  return Object.entries(value).map(([name, entry]) => [[key, name], entry]);
}
