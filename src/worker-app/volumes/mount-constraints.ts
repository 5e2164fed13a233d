import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { inspectName } from '../../diagnostics/expected.js';
import { formatPath, type FieldPath } from '../../diagnostics/field-path.js';
import type { PodConstraint, PodValues } from '../pod-values.js';
import { ownMounts } from './own-mounts.js';
import { TMP_MOUNT } from './tmp-volume.js';
import { absolutePath, isWritable, userVolumes } from './user-volumes.js';

const READS = ['gunicorn', 'metrics.strategy', 'serviceWindows'];

/** Each name has one volume, and each path one mount. A mount inside another one is fine. */
export const MOUNT_CONSTRAINTS: readonly PodConstraint[] = [
  { reads: READS, ofEach: ['volumes'], problems: names },
  { reads: READS, ofEach: ['volumes', 'files'], problems: paths },
];

function names(app: PodValues): FieldDiagnostic[] {
  const own = new Map(ownMounts(app).map((mount) => [mount.name, mount]));
  return userVolumes(app.volumes).flatMap(({ name }) => {
    const ours = own.get(name);
    if (ours === undefined) return [];
    const isTmp = ours.name === TMP_MOUNT.name;
    return [
      {
        path: ['volumes', name],
        message: `${ours.key ?? 'every application'} has a volume of this name`,
        hint: isTmp ? 'choose another name, or mount it at /tmp' : 'choose another name',
        inKey: true,
      },
    ];
  });
}

/** A path in the container, and the key that mounts something there. */
interface Mounted {
  readonly mountPath: string;
  readonly path: FieldPath;
  readonly inKey?: boolean;
}

function paths(app: PodValues): FieldDiagnostic[] {
  const taken = new Map<string, string>(
    ownMounts(app).flatMap(({ mountPath, key = 'the writable /tmp of the pods' }) =>
      mountPath === undefined ? [] : [[mountPath, key]],
    ),
  );
  const twice = mounted(app).flatMap(({ mountPath, path, inKey = false }) => {
    const place = absolutePath(mountPath);
    const other = taken.get(place);
    taken.set(place, formatPath(path));
    if (other === undefined) return [];
    const message = `${other} is mounted at ${inspectName(place)}, too`;
    return [{ path, message, hint: 'choose another path', inKey }];
  });
  return [...readOnlyTmp(app), ...twice, ...insideFiles(app)];
}

/** A file is no folder. */
function insideFiles(app: PodValues): FieldDiagnostic[] {
  const given = Object.keys(app.files ?? {});
  return mounted(app).flatMap(({ mountPath, path, inKey = false }) => {
    const file = given.find((each) => absolutePath(mountPath).startsWith(`${each}/`));
    if (file === undefined) return [];
    const message = `${inspectName(file)} of files is a file, and nothing can be mounted in it`;
    return [{ path, message, hint: 'choose another path', inKey }];
  });
}

function mounted({ volumes, files = {} }: PodValues): Mounted[] {
  return [
    ...userVolumes(volumes).flatMap(({ name, mounts }) =>
      mounts.map(({ mountPath }, i) => ({
        mountPath,
        path: ['volumes', name, ...placeOf(volumes?.[name], i)],
      })),
    ),
    ...Object.keys(files).map((mountPath) => ({ mountPath, path: ['files', mountPath], inKey: true })),
  ];
}

/** The field with the path of a mount. */
function placeOf(entry: { readonly mounts?: unknown } | undefined, i: number): FieldPath {
  return Array.isArray(entry?.mounts) ? ['mounts', i, 'mountPath'] : ['mountPath'];
}

/** gunicorn, uploads and Python's tempfile write to /tmp. */
function readOnlyTmp({ volumes }: PodValues): FieldDiagnostic[] {
  return userVolumes(volumes).flatMap((volume) =>
    volume.mounts.flatMap((mount, i) => {
      if (absolutePath(mount.mountPath) !== TMP_MOUNT.mountPath || isWritable(volume, mount)) return [];
      const message = 'the application must be able to write to /tmp, and this volume is read-only';
      const hint = 'choose another path, or a volume that can be written, such as emptyDir';
      return [{ path: ['volumes', volume.name, ...placeOf(volumes?.[volume.name], i)], message, hint }];
    }),
  );
}
