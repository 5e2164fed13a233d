import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';
import { MIGRATE } from './migrate-key.js';
import { WAIT } from './wait-for-migrations.js';

/** Warnings and notes about the migration of a valid WorkerApp. */
export function migrateNotes(spec: WorkerAppSpec, props: WorkerAppProps): FieldDiagnostic[] {
  return [...withoutCommand(spec, props), ...lateSidecars(spec, props)];
}

/** Without a command, the container runs the program of the web pods, which does not end. */
function withoutCommand(
  { migrate }: WorkerAppSpec,
  { migrate: { image, env, envFrom } = {} }: WorkerAppProps,
): FieldDiagnostic[] {
  const runsImage = migrate !== undefined && migrate.command === undefined && migrate.args === undefined;
  if (!runsImage || (image ?? env ?? envFrom) !== undefined) return [];
  return [
    {
      severity: 'warning',
      path: ['migrate'],
      message: 'it runs the program of the image, as the web pods do, and does not end if that is a server',
      hint: 'set migrate.command, or migrate.args',
      inKey: true,
    },
  ];
}

/** An ordinary sidecar starts after the init containers: with `check`, and with `run: initContainer`. */
function lateSidecars(
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
