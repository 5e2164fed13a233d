import * as z from 'zod';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { isMap, own } from '../../kubernetes/manifest.js';
import { memo } from '../../memo.js';
import { alternatives } from '../../schema/schema-walk.js';
import { INHERITED_KEYS } from './pod-keys.js';

/** A null by which a process or job removes an entry of one of the application's maps. */
export interface RemovedEntry {
  /** The place of the null: `processes`, `worker`, `env`, `SENTRY_DSN`. */
  readonly path: FieldPath;
  /** The entries of the application's map. */
  readonly entries: readonly string[];
}

/** The maps by name that processes and jobs inherit: `env`, `volumes` … */
const INHERITED_MAPS = memo(() =>
  Object.entries(INHERITED_KEYS).flatMap(([name, { schema }]) =>
    alternatives(schema()).some((form) => form instanceof z.ZodRecord) ? [name] : [],
  ),
);

/** The nulls in maps that processes and jobs inherit. @param values of an application, valid or not */
export function removedEntries(values: Readonly<Record<string, unknown>>): RemovedEntry[] {
  const { migrate } = values;
  const ofJobs = ['processes', 'cronJobs'].flatMap((key) =>
    entriesOf(values[key]).map(([name, entry]): [FieldPath, unknown] => [[key, name], entry]),
  );
  const ofMigration: [FieldPath, unknown][] = migrate === undefined ? [] : [[['migrate'], migrate]];
  return [...ofJobs, ...ofMigration].flatMap(([place, entry]) =>
    INHERITED_MAPS().flatMap((map) =>
      entriesOf(isMap(entry) ? own(entry, map) : undefined)
        .filter(([, value]) => value === null)
        .map(([name]) => ({
          path: [...place, map, name],
          entries: entriesOf(values[map]).flatMap(([key, value]) => (value === null ? [] : [key])),
        })),
    ),
  );
}

function entriesOf(map: unknown): [string, unknown][] {
  return isMap(map) ? Object.entries(map) : [];
}
