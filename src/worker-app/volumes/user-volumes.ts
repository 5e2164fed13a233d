import { mergeShapes } from '../../kubernetes-shapes/merge-shapes.js';
import type { MountPlace, VolumeClaim, VolumeEntry } from '../../kubernetes-shapes/types.js';
import { mountFields, volumeSources } from './volume-shape.js';

export type Volumes = Readonly<Record<string, VolumeEntry>>;

/** An entry of `volumes`, taken apart. */
export interface UserVolume {
  readonly name: string;
  /** The sources by their fields, one in a valid entry: `{ emptyDir: {} }`. Empty if it is a claim. */
  readonly source: Readonly<Record<string, unknown>>;
  readonly claim: VolumeClaim | undefined;
  /** Where the application's container mounts it. */
  readonly mounts: readonly MountPlace[];
}

export function userVolumes(volumes: Volumes = {}): UserVolume[] {
  return Object.entries(volumes).map(([name, given]) => {
    // Without the fields that are null.
    const { claim, mounts, ...fields } = mergeShapes({}, given) as VolumeEntry;
    const mount = picked(fields, mountFields());
    return {
      name,
      source: picked(fields, volumeSources()),
      claim,
      mounts: mounts ?? (mount['mountPath'] === undefined ? [] : [mount as unknown as MountPlace]),
    };
  });
}

function picked(fields: object, names: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => names.has(field)));
}

/** The path of a mount as the kubelet uses it: absolute, and without slashes at the end. */
export function absolutePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}

/** Sources that are never written to. */
const READ_ONLY = new Set(['configMap', 'secret', 'downwardAPI', 'projected', 'image']);

/** Whether a container can write to a mounted volume. */
export function isWritable({ source }: UserVolume, mount: MountPlace): boolean {
  if (mount.readOnly === true) return false;
  return Object.entries(source).every(
    ([field, options]) =>
      !READ_ONLY.has(field) && (options as { readonly readOnly?: boolean } | null)?.readOnly !== true,
  );
}

/** Sources without an owner that a file system remembers, or whose owner Kubernetes does not change. */
const WITHOUT_OWNER = new Set([...READ_ONLY, 'emptyDir', 'hostPath', 'nfs', 'gitRepo']);

/** Whether the files of a volume have the group `fsGroup`. A new persistent volume belongs to root. */
export function hasOwner({ source, claim }: UserVolume): boolean {
  return claim !== undefined || Object.keys(source).some((field) => !WITHOUT_OWNER.has(field));
}
