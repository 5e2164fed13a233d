import {
  changedShape,
  ownShape,
  resolved,
  shapeSchema,
  type ShapeSchema,
} from '../../kubernetes-shapes/shapes.js';
import { memo } from '../../memo.js';

/** The map that a key of `volumes` has: a volume of Kubernetes with the fields of its mount, or with a claim. */
export const VOLUME_ENTRY = ownShape('VolumeEntry', () =>
  changedShape('Volume', {
    description: 'A volume of the pods: one volume source, and where the container mounts it.',
    fields: {
      ...mountPlace().properties,
      mounts: {
        type: 'array',
        items: mountPlace(),
        examples: [[{ mountPath: '/srv/media' }, { mountPath: '/srv/thumbs', subPath: 'thumbs' }]],
        description:
          'Where the container mounts the volume, if there are several places: each with `mountPath`, `subPath`, `readOnly`. Default: `mountPath`.',
      },
      claim: claimShape(),
    },
    elsewhere: { name: 'the key is the name of the volume: remove it' },
  }),
);

function mountPlace(): ShapeSchema {
  return changedShape('VolumeMount', {
    elsewhere: { name: 'the volume around it is mounted: remove it' },
  });
}

function claimShape(): ShapeSchema {
  return changedShape('PersistentVolumeClaimSpec', {
    description:
      'Creates a PersistentVolumeClaim with this `size`, and fields of PersistentVolumeClaimSpec: `storageClassName`, `accessModes` …',
    fields: {
      size: {
        type: ['string', 'number'],
        format: 'quantity',
        description: 'Size of the volume: a quantity such as 10Gi.',
      },
      accessModes: {
        ...resolved(shapeSchema('PersistentVolumeClaimSpec')).properties?.['accessModes'],
        description:
          'Who may mount the volume: one node (`ReadWriteOnce`), one pod (`ReadWriteOncePod`), or several nodes (`ReadWriteMany`, `ReadOnlyMany`). Default: `[ReadWriteOnce]`.',
      },
    },
  });
}

/** The fields of an entry of which it has one. */
export const volumeSources: () => ReadonlySet<string> = memo(() => {
  const sources = new Set(Object.keys(resolved(shapeSchema('Volume')).properties ?? {}));
  sources.delete('name');
  return sources.add('claim');
});

export const mountFields: () => ReadonlySet<string> = memo(() => {
  const fields = new Set(Object.keys(resolved(shapeSchema('VolumeMount')).properties ?? {}));
  fields.delete('name');
  return fields;
});
