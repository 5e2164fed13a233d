import type { PodPart } from '../pod-part.js';
import type { PodContext } from '../key.js';
import { absolutePath, userVolumes, type Volumes } from './user-volumes.js';

export const TMP_MOUNT = { name: 'tmp', mountPath: '/tmp' };

/** A writable /tmp for gunicorn's heartbeat files, uploads and Python's tempfile. */
export function tmpVolume({ volumes }: Pick<PodContext, 'volumes'>): PodPart {
  if (hasOwnTmp(volumes)) return {};
  return { volumes: [{ volume: { name: TMP_MOUNT.name, emptyDir: {} }, mounts: [TMP_MOUNT] }] };
}

/** Whether a volume of the user is mounted at /tmp. Then it replaces ours. */
export function hasOwnTmp(volumes: Volumes | undefined): boolean {
  return userVolumes(volumes).some(({ mounts }) =>
    mounts.some(({ mountPath }) => absolutePath(mountPath) === TMP_MOUNT.mountPath),
  );
}
