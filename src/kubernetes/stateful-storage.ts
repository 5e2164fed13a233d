import { k8s } from 'cdk8s-plus-28';
import type { Storage } from './storage.js';

/** Where the pods of a StatefulSet keep what they write: a persistent volume each, or a folder that goes with the pod. */
export function statefulStorage(
  name: string,
  labels: Readonly<Record<string, string>>,
  storage: Storage | undefined,
): { volumes: k8s.Volume[]; volumeClaimTemplates?: k8s.KubePersistentVolumeClaimProps[] } {
  if (storage === undefined) return { volumes: [{ name, emptyDir: {} }] };
  return { volumes: [], volumeClaimTemplates: [{ metadata: { name, labels }, spec: claimSpec(storage) }] };
}

/** What a pod asks of its persistent volume. */
export function claimSpec({ size, storageClass }: Storage) {
  return {
    accessModes: ['ReadWriteOnce'],
    storageClassName: storageClass,
    resources: { requests: { storage: k8s.Quantity.fromString(size) } },
  };
}
