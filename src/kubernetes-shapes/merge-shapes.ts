import { isMap, own, setOwn } from '../kubernetes/manifest.js';

type Fields = Readonly<Record<string, unknown>>;

/** Fields of which a map has one. A given one replaces the other. */
const ONE_OF: readonly (readonly string[])[] = [
  ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'], // the handler of a probe or of a lifecycle
  [
    'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'configMap', 'csi', 'downwardAPI', 'emptyDir',
    'ephemeral', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs', 'hostPath', 'image', 'iscsi',
    'nfs', 'persistentVolumeClaim', 'photonPersistentDisk', 'portworxVolume', 'projected', 'quobyte', 'rbd', 'scaleIO',
    'secret', 'storageos', 'vsphereVolume', 'claim',
  ], // the source of a volume
  ['fieldRef', 'configMapKeyRef', 'secretKeyRef', 'resourceFieldRef', 'fileKeyRef'], // the source of a variable
  ['averageUtilization', 'averageValue', 'value'], // the target of an autoscaler
]; // prettier-ignore

/** The fields that a field excludes, itself included. */
const EXCLUDED: ReadonlyMap<string, readonly string[]> = new Map([
  ...ONE_OF.flatMap((group) => group.map((field) => [field, group] as const)),
  ['rollingUpdate', ['type']],
]);

/** A Deployment that is recreated has no rolling update. */
const EXCLUDED_BY_RECREATE = ['rollingUpdate'];

const NONE: readonly string[] = [];

/**
 * Merges a value in Kubernetes' shape over another: maps merge, other values replace, null removes. Of fields that exclude
 * each other, such as the handlers of a probe, the one of `over` replaces the other.
 *
 * @param keepsNull keeps null, for a later merge. @default false
 */
export function mergeShapes(under: unknown, over: unknown, keepsNull = false): unknown {
  if (!isMap(over)) return over;
  const merged = isMap(under) ? { ...under } : {};
  mergeInto(merged, over, keepsNull);
  return merged;
}

/** Merges a map in Kubernetes' shape over `merged`, which changes. @param keepsNull as of `mergeShapes` */
export function mergeInto(merged: Record<string, unknown>, over: Fields, keepsNull = false): void {
  for (const field of Object.keys(over)) {
    const value = over[field];
    if (value === undefined) continue;
    if (value === null) {
      if (keepsNull) setOwn(merged, field, null);
      else delete merged[field];
    } else {
      for (const other of excludedBy(field, value))
        if (other in merged && over[other] === undefined) delete merged[other];
      setOwn(merged, field, isMap(value) ? mergeShapes(own(merged, field), value, keepsNull) : value);
    }
  }
}

function excludedBy(field: string, value: unknown): readonly string[] {
  if (field === 'type') return value === 'Recreate' ? EXCLUDED_BY_RECREATE : NONE;
  return EXCLUDED.get(field) ?? NONE;
}
