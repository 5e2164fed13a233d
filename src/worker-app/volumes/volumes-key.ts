import { DNS_1123_LABEL } from '../../kubernetes/text-formats.js';
import type { VolumeEntry } from '../../kubernetes-shapes/types.js';
import { recordField, UNWRITABLE } from '../../schema/fields.js';
import { shapeField } from '../../schema/shape-field.js';
import { key } from '../key.js';
import { claimName, claims } from './claims.js';
import { userVolumes } from './user-volumes.js';
import { VOLUME_ENTRY } from './volume-shape.js';

export const volumes = key({
  field: () => recordField(DNS_1123_LABEL, shapeField<VolumeEntry>(VOLUME_ENTRY), UNWRITABLE),
  description:
    "Volumes of the pods, by name. Each has one volume source in Kubernetes' form, such as `emptyDir`, `configMap` or `persistentVolumeClaim`; or `claim: { size: 10Gi }`, which creates a PersistentVolumeClaim. `mountPath`, `subPath` and `readOnly` mount it in the application's container, `mounts` in several places of it. Init containers and sidecars mount it by `volumeMounts`. A volume at /tmp replaces the default one.",
  unset: 'only those of other keys, and an `emptyDir` at /tmp',
  example: { media: { claim: { size: '10Gi' }, mountPath: '/srv/media' } },
  volumes: (given, { name: application }) =>
    userVolumes(given).map(({ name, source, claim, mounts }) => ({
      volume: {
        name,
        ...(claim === undefined
          ? source
          : { persistentVolumeClaim: { claimName: claimName(application, name) } }),
      },
      mounts: mounts.map((mount) => ({ name, ...mount })),
    })),
  objects: (given, { name }) => claims(given, name),
});
