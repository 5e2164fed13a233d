import { DNS_1123_LABEL } from '../../kubernetes/text-formats.js';
import type { VolumeEntry } from '../../kubernetes-shapes/types.js';
import { recordField, UNWRITABLE } from '../../schema/fields.js';
import { shapeField } from '../../schema/shape-field.js';
import { key, type PodContext } from '../key.js';
import { claimName, claims } from './claims.js';
import { userVolumes } from './user-volumes.js';
import { VOLUME_ENTRY } from './volume-shape.js';

export const volumes = key({
  scope: 'inherited',
  field: () => recordField(DNS_1123_LABEL, shapeField<VolumeEntry>(VOLUME_ENTRY), UNWRITABLE),
  description:
    "Volumes of the pods, by name. Each has one volume source in Kubernetes' form, such as `emptyDir`, `configMap` or `persistentVolumeClaim`; or `claim: { size: 10Gi }`, which creates a PersistentVolumeClaim. `mountPath`, `subPath` and `readOnly` mount it in the application's container, `mounts` in several places of it. Init containers and sidecars mount it by `volumeMounts`. A volume at /tmp replaces the default one.",
  unset: 'only those of other keys, and an `emptyDir` at /tmp',
  example: { media: { claim: { size: '10Gi' }, mountPath: '/srv/media' } },
  volumes: (given, pod) =>
    userVolumes(given).map(({ name, source, claim, mounts }) => ({
      volume: {
        name,
        ...(claim === undefined
          ? source
          : { persistentVolumeClaim: { claimName: claimName(ownerOf(name, pod), name) } }),
      },
      mounts: mounts.map((mount) => ({ name, ...mount })),
    })),
  objects: (given, pod) =>
    claims(
      Object.fromEntries(Object.entries(given).filter(([volume]) => ownerOf(volume, pod) === pod.name)),
      pod.name,
    ),
});

/** Whose the claim of a volume is: processes and jobs mount those of the application. */
function ownerOf(volume: string, { name, application }: PodContext): string {
  return isClaim(application.volumes?.[volume]) ? application.name : name;
}

function isClaim(volume: VolumeEntry | undefined): boolean {
  return (volume?.claim ?? undefined) !== undefined;
}
