import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';
import { MIGRATE } from './migrate-key.js';
import { WAIT } from './wait-for-migrations.js';

/**
 * Notes about sidecars of a valid WorkerApp that start too late for its migration: an ordinary sidecar starts after the
 * init containers, with `check` and with `run: initContainer`.
 */
export function migrateNotes(
  { migrate, sidecars = {} }: WorkerAppSpec,
  { processes = {} }: WorkerAppProps,
): FieldDiagnostic[] {
  if (migrate === undefined) return [];
  const waits = (migrate.check ?? false) !== false;
  if (!waits && migrate.run === 'job') return [];
  const places = [
    ...Object.entries(sidecars).map(([name, sidecar]) => ({ path: ['sidecars', name], sidecar })),
    ...Object.entries(waits ? processes : {}).flatMap(([process, own]) =>
      Object.entries(own.sidecars ?? {}).map(([name, sidecar]) => ({
        path: ['processes', process, 'sidecars', name],
        sidecar,
      })),
    ),
  ];
  const container = migrate.run === 'initContainer' ? MIGRATE : WAIT;
  return places
    .filter(({ sidecar }) => sidecar.native === false)
    .map(({ path }) => ({
      severity: 'note',
      path: [...path, 'native'],
      message: `an ordinary container starts after ${container}: the pods never start if that needs it, as it needs a database proxy`,
      hint: 'if so, remove native (Kubernetes 1.29 or later)',
    }));
}
