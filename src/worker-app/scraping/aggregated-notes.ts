import { hasReadOnlyRoot } from '../../kubernetes/restricted-pod.js';
import { inspectName } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { TMP_MOUNT, hasOwnTmp } from '../volumes/tmp-volume.js';
import { absolutePath, isWritable, userVolumes } from '../volumes/user-volumes.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';

const VARIABLE = 'PROMETHEUS_MULTIPROC_DIR';

/** Warns of a folder for prometheus_client's multiprocess mode in which the sums go wrong, or cannot be written. */
export function aggregatedNotes(spec: WorkerAppSpec): FieldDiagnostic[] {
  const folder = spec.env?.[VARIABLE];
  const isAggregated = spec.metrics !== false && spec.metrics.strategy === 'aggregated';
  if (!isAggregated || typeof folder !== 'string' || !/^\/[^$]*$/.test(folder)) return [];
  const found = problemOf(absolutePath(folder), spec);
  return found === undefined ? [] : [{ severity: 'warning', path: ['env', VARIABLE], ...found }];
}

function problemOf(
  folder: string,
  spec: WorkerAppSpec,
): Pick<FieldDiagnostic, 'message' | 'hint'> | undefined {
  const mounts = userVolumes(spec.volumes).flatMap((volume) =>
    volume.mounts.map((mount) => ({ volume, mount, path: absolutePath(mount.mountPath) })),
  );
  const [deepest] = mounts
    .filter(({ path }) => isWithin(folder, path))
    .toSorted((a, b) => b.path.length - a.path.length);
  const hint = `mount an emptyDir there: volumes: { sums: { mountPath: ${inspectName(folder)}, emptyDir: { medium: Memory } } }`;
  if (deepest === undefined) {
    const isTmp = !hasOwnTmp(spec.volumes) && isWithin(folder, TMP_MOUNT.mountPath);
    return isTmp || mayBeWritable(spec)
      ? undefined
      : {
          message: 'no worker can write there: no volume is mounted, and the file system is read-only',
          hint,
        };
  }
  const { volume, mount } = deepest;
  if (!isWritable(volume, mount))
    return { message: `no worker can write there: the volume ${volume.name} is read-only`, hint };
  if (Object.keys(volume.source).every((source) => source === 'emptyDir') && volume.claim === undefined)
    return undefined;
  return {
    message: `the volume ${volume.name} keeps the files of ended pods, and may have those of other pods: each pod would add them to its own sums`,
    hint,
  };
}

function isWithin(folder: string, path: string): boolean {
  return path === '/' || folder === path || folder.startsWith(`${path}/`);
}

/** Whether the user makes the file system writable, or mounts volumes in a way that is not read here. */
function mayBeWritable({ containerSecurityContext, containerSpec, patches }: WorkerAppSpec): boolean {
  return !hasReadOnlyRoot(containerSecurityContext) || containerSpec !== undefined || patches !== undefined;
}
