import { isDeepStrictEqual } from 'node:util';
import { requirements, type WrittenResources } from '../../kubernetes/resources.js';
import type { ContainerEntry } from '../../kubernetes-shapes/types.js';
import { partsOfKeys } from '../key.js';
import { mergeParts, type MountedVolume, type PodPart } from '../pod-part.js';
import { RESTRICTED } from '../pod-template.js';
import { tmpVolume } from '../volumes/tmp-volume.js';
import { JOB_POD_KEYS } from './job-keys.js';
import { MIGRATE } from './migrate-key.js';
import type { MigrationSpec } from './migration-spec.js';

/** Name of the init container in which new pods wait. */
export const WAIT = 'wait-for-migrations';

/**
 * Repeats the command in its arguments, which keep their words. As the first process of a container, the shell ends at
 * SIGTERM only with a trap, which `wait` lets run at once.
 */
const UNTIL_IT_SUCCEEDS =
  'trap "exit 143" TERM; until "$@"; do echo "the database is not migrated yet"; sleep 5 & wait $!; done';

/** Pods with an init container of a migration. */
interface Pods {
  readonly image: string;
  readonly resources: WrittenResources;
}

/** The parts that a migration adds to pods: an init container, and the volumes that no other container of them mounts. */
interface MigrationPart {
  readonly containers: Readonly<Record<string, ContainerEntry>>;
  readonly part: PodPart;
}

/**
 * The init container in which new pods wait for a migration. It is the migration's own container, with another command: the
 * pods may have another image, and no way to the database.
 *
 * @param parts of the pods
 */
export function waitForMigrations(
  migrate: MigrationSpec | undefined,
  pods: Pods,
  parts: readonly PodPart[],
): MigrationPart {
  const { check } = migrate ?? {};
  if (migrate === undefined || check === undefined || check === false) return { containers: {}, part: {} };
  // Kubernetes refuses hooks in an init container.
  const { args: _, lifecycle: __, ...container } = containerOf(migrate);
  // No more than the containers that start after it need: it runs the same program.
  const resources = requirements(pods.image === migrate.image ? pods.resources : migrate.resources);
  const command = ['sh', '-c', UNTIL_IT_SUCCEEDS, WAIT, ...check];
  return inPods(WAIT, { ...container, command, resources }, migrate, parts);
}

/** The init container of the web pods: they wait, or with `run: initContainer` they migrate. @param parts of the pods */
export function migrationInWebPods(
  web: Pods & { readonly migrate?: MigrationSpec | undefined },
  parts: readonly PodPart[],
): MigrationPart {
  const { migrate } = web;
  return migrate?.run === 'initContainer'
    ? inPods(MIGRATE, containerOf(migrate), migrate, parts)
    : waitForMigrations(migrate, web, parts);
}

function containerOf(migrate: MigrationSpec): ContainerEntry {
  const { name: _, ...container } = partOf(migrate).container;
  return container as ContainerEntry;
}

function partOf(migrate: MigrationSpec): Required<PodPart> {
  return mergeParts([RESTRICTED, tmpVolume(migrate), ...partsOfKeys(JOB_POD_KEYS, migrate)]);
}

function inPods(
  name: string,
  container: ContainerEntry,
  migrate: MigrationSpec,
  parts: readonly PodPart[],
): MigrationPart {
  const ofPods = new Map(mergeParts(parts).volumes.map(({ volume }) => [volume.name, volume]));
  const mounted = partOf(migrate).volumes.flatMap((own) => placed(own, ofPods.get(own.volume.name)));
  const added = mounted.filter(({ volume }) => !ofPods.has(volume.name));
  return {
    containers: { [name]: { ...container, volumeMounts: mounted.flatMap(({ mounts }) => mounts) } },
    part: { volumes: added.map(({ volume }) => ({ volume, mounts: [] })) },
  };
}

/** A mounted volume of the migration in pods that may have another volume of its name, or none. */
function placed(
  { volume, mounts }: MountedVolume,
  ofPods: MountedVolume['volume'] | undefined,
): MountedVolume[] {
  if (mounts.length === 0) return [];
  if (isDeepStrictEqual(ofPods, volume)) return [{ volume, mounts }];
  // A claim that the pods do not have may be on another node.
  if (volume.persistentVolumeClaim !== undefined) return [];
  if (ofPods === undefined) return [{ volume, mounts }];
  const name = `${MIGRATE}-${volume.name}`;
  return [{ volume: { ...volume, name }, mounts: mounts.map((mount) => ({ ...mount, name })) }];
}
