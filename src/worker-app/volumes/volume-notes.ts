import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { fractionalSize } from '../../kubernetes/unlikely-amounts.js';
import { Quantity } from '../../kubernetes/quantity.js';
import { at } from '../../kubernetes/manifest.js';
import type { DeploymentSpec, PodSpec } from '../pod-values.js';
import { mountToo, sharingPods, type OtherPods } from './shared-claims.js';
import { isOfOneNode } from './claims.js';
import { areOnOneNode } from './one-node.js';
import { podsAtATime } from './pods-at-a-time.js';
import { userVolumes } from './user-volumes.js';

/** Warnings and notes about the volumes of valid pods. @param others those that may mount the same claims */
export function volumeNotes(spec: DeploymentSpec, others: readonly OtherPods[] = []): FieldDiagnostic[] {
  if (spec.volumes === undefined) return [];
  return [...severalNodes(spec, others), ...volumeEntryNotes(spec)];
}

/** Warnings and notes about the volumes of valid pods, whatever their number. */
export function volumeEntryNotes(spec: PodSpec): FieldDiagnostic[] {
  return [...sizes(spec), ...notMounted(spec), ...overRoot(spec), ...ofRoot(spec)];
}

/** ReadWriteOnce binds a volume to a node: a pod on another node waits for it. */
function severalNodes(spec: DeploymentSpec, others: readonly OtherPods[]): FieldDiagnostic[] {
  const copies = areOnOneNode(spec) ? undefined : podsAtATime(spec);
  return userVolumes(spec.volumes)
    .filter(({ claim }) => claim !== undefined && isOfOneNode(claim))
    .flatMap(({ name }): FieldDiagnostic[] => {
      const sharing = sharingPods(name, spec, others);
      const several = copies ?? (sharing.length > 0 ? mountToo(sharing) : undefined);
      if (several === undefined) return [];
      const without =
        copies === undefined
          ? `volumes: { ${name}: null } where it is not needed`
          : 'replicas: 1 without a strategy';
      return [
        {
          severity: 'warning',
          path: ['volumes', name, 'claim'],
          message: `ReadWriteOnce binds the volume to one node, and ${several}: a pod on another node does not start`,
          hint: `set accessModes: [ReadWriteMany] if the storage class has it, ${without}, or an affinity that holds the pods on one node`,
        },
      ];
    });
}

const MEBIBYTE = 2 ** 20;

/** A size without its unit. */
function sizes({ volumes }: PodSpec): FieldDiagnostic[] {
  return userVolumes(volumes).flatMap(({ name, claim: { size } = {} }): FieldDiagnostic[] => {
    if (size === undefined) return [];
    const path = ['volumes', name, 'claim', 'size'];
    const fractional = fractionalSize(size, path);
    if (fractional.length > 0 || Quantity.parse(size).value >= MEBIBYTE) return fractional;
    const message = `${size} is ${Quantity.parse(size).value} bytes`;
    return [{ severity: 'warning', path, message, hint: 'write the unit, such as 10Gi' }];
  });
}

/** A volume that is in no container. */
function notMounted({ volumes, initContainers = {}, sidecars = {} }: PodSpec): FieldDiagnostic[] {
  const others = [...Object.values(initContainers), ...Object.values(sidecars)];
  const used = new Set(
    others.flatMap(({ volumeMounts, volumeDevices }) =>
      [...(volumeMounts ?? []), ...(volumeDevices ?? [])].map(({ name }) => name),
    ),
  );
  return userVolumes(volumes)
    .filter(
      ({ name, mounts, source }) => mounts.length === 0 && !used.has(name) && at(source, 'csi') === undefined,
    )
    .map(({ name }) => ({
      severity: 'warning',
      path: ['volumes', name],
      message: 'no container mounts this volume',
      hint: 'set its mountPath, or mount it by volumeMounts of a sidecar or an init container',
      inKey: true,
    }));
}

/** The program itself is under the root of the image. */
function overRoot({ volumes }: PodSpec): FieldDiagnostic[] {
  return userVolumes(volumes)
    .filter(({ mounts }) => mounts.some(({ mountPath }) => /^\/+$/.test(mountPath)))
    .map(({ name }) => ({
      severity: 'warning',
      path: ['volumes', name],
      message: 'a volume at / hides every file of the image: the container does not start',
      hint: 'mount it at a folder, such as /srv/media',
      inKey: true,
    }));
}

/** The group of a volume is unknown where the image chooses the user. */
function ofRoot({ volumes, runAsUser, podSecurityContext }: PodSpec): FieldDiagnostic[] {
  if (runAsUser !== null || (podSecurityContext?.fsGroup ?? undefined) !== undefined) return [];
  return userVolumes(volumes)
    .filter(({ claim, mounts }) => claim !== undefined && mounts.some(({ readOnly }) => readOnly !== true))
    .map(({ name }) => ({
      severity: 'note',
      path: ['volumes', name, 'claim'],
      message: 'a new volume belongs to root, and runAsUser: null leaves its group unset',
      hint: "set podSecurityContext: { fsGroup: … } to a group of the image's user if it cannot write to the volume",
    }));
}
