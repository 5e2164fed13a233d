import { isMap } from '../kubernetes/manifest.js';

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

/** The fields of the same group, by field. */
const GROUPS: ReadonlyMap<string, readonly string[]> = new Map(
  ONE_OF.flatMap((group) => group.map((field) => [field, group] as const)),
);

/**
 * Merges a value in Kubernetes' shape over another: maps merge, other values replace, null removes. Of fields that exclude
 * each other, such as the handlers of a probe, the one of `over` replaces the other.
 *
 * @param keepsNull keeps null, for a later merge. @default false
 */
export function mergeShapes(under: unknown, over: unknown, keepsNull = false): unknown {
  return isMap(over) ? mergeMaps([isMap(under) ? under : {}, over], keepsNull) : over;
}

/** Merges maps in Kubernetes' shape, the later over the earlier. @param keepsNull as of `mergeShapes` */
export function mergeMaps([first = {}, ...others]: readonly Fields[], keepsNull = false): Fields {
  const merged = new Map(Object.entries(first));
  for (const over of others) {
    if (merged.size > 0) for (const field of excludedBy(over)) merged.delete(field);
    for (const [field, value] of Object.entries(over)) {
      if (value === undefined) continue;
      if (value === null && !keepsNull) merged.delete(field);
      else merged.set(field, isMap(value) ? mergeShapes(merged.get(field), value, keepsNull) : value);
    }
  }
  return Object.fromEntries(merged);
}

function excludedBy(over: Fields): string[] {
  const isGiven = (field: string) => over[field] !== null && over[field] !== undefined;
  const others: string[] = [];
  for (const field of Object.keys(over)) {
    const group = GROUPS.get(field);
    if (group !== undefined && isGiven(field)) others.push(...group);
  }
  // A Deployment that is recreated has no rolling update.
  if (over['type'] === 'Recreate') others.push('rollingUpdate');
  else if (isGiven('rollingUpdate')) others.push('type');
  return others.filter((field) => !isGiven(field));
}
