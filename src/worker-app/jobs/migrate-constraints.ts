import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { expected, inspect, inspectName } from '../../diagnostics/expected.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { isStable } from '../../kubernetes/image-reference.js';
import type { Constraint } from '../../schema/constraint.js';
import { containerEntries } from '../containers/container-entries.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { MIGRATE } from './migrate-key.js';
import { WAIT } from './wait-for-migrations.js';

/** The constraints of `migrate` alone. It has those of all jobs, too. */
export const MIGRATE_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = [
  { reads: ['migrate'], problems: checkNeeded },
  { reads: ['migrate', 'image'], problems: unstableImage },
  { reads: ['migrate'], problems: keysOfPods },
  {
    reads: ['migrate', 'container', 'initContainers', 'sidecars', 'processes'],
    problems: containerNames,
  },
];

function checkNeeded({ migrate }: ResolvedWorkerApp): FieldDiagnostic[] {
  if (migrate === undefined || migrate.check !== undefined || migrate.run === 'initContainer') return [];
  const message = expected('a command that succeeds when the database is migrated, or false', undefined);
  const hint =
    'only the check of manage.py migrate is known; with false, new pods do not wait for the migration';
  return [{ path: ['migrate', 'check'], message, hint }];
}

/** The name of the Job would stay the same with another image, and the migration would not run. */
function unstableImage({ migrate }: ResolvedWorkerApp, { migrate: own }: WorkerAppProps): FieldDiagnostic[] {
  if (migrate?.run !== 'job' || isStable(migrate.image)) return [];
  const path = own?.image === undefined ? ['image'] : ['migrate', 'image'];
  const message = `${inspect(migrate.image)} may change under its name, and the Job of migrate then does not run again`;
  return [{ path, message, hint: 'write a tag that stays, or a digest; or set migrate.run: initContainer' }];
}

/** Keys of the migration's container. All others are about its pods. */
export const CONTAINER_KEYS: ReadonlySet<string> = new Set([
  'command', 'args', 'check', 'run', 'env', 'envFrom', 'image', 'imagePullPolicy', 'resources', 'containerSecurityContext',
  'containerSpec',
]); // prettier-ignore

function keysOfPods(
  { migrate }: ResolvedWorkerApp,
  { migrate: own = {} }: WorkerAppProps,
): FieldDiagnostic[] {
  if (migrate?.run !== 'initContainer') return [];
  return Object.keys(own)
    .filter((key) => !CONTAINER_KEYS.has(key))
    .map((key) => ({
      path: ['migrate', key],
      message: 'with run: initContainer, the migration runs in the web pods and has no pods of its own',
      hint: 'remove it, or remove run',
      inKey: true,
    }));
}

type Pods = Pick<ResolvedWorkerApp, 'initContainers' | 'sidecars'> & {
  readonly container?: string | undefined;
};

/** The init containers of a migration, and the containers of the pods. */
function containerNames(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const { migrate, processes = {} } = app;
  if (migrate === undefined) return [];
  const waits = (migrate.check ?? false) !== false;
  const waiting = waits ? WAIT : undefined;
  return [
    ...takenNames([], app, migrate.run === 'initContainer' ? MIGRATE : waiting),
    ...Object.entries(processes).flatMap(([name, process]) =>
      takenNames(['processes', name], process, waiting),
    ),
  ];
}

function takenNames(place: FieldPath, pods: Pods, ours: string | undefined): FieldDiagnostic[] {
  const containers = [{ name: pods.container, path: ['container'] as FieldPath }, ...containerEntries(pods)];
  return containers
    .filter(({ name }) => ours !== undefined && name === ours)
    .map(({ path }) => ({
      path: [...place, ...path],
      message: `${inspectName(String(ours))} is the name of a container of migrate`,
      hint: 'choose another name',
      inKey: true,
    }));
}
