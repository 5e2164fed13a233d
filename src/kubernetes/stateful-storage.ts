import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from './plain.js';
import type { Storage } from './storage.js';

/**
 * Storage of the pods of a StatefulSet: a persistent volume for each, or an `emptyDir` that is deleted with the pod.
 */
export function statefulStorage(
  name: string,
  labels: Readonly<Record<string, string>>,
  storage: Storage | undefined,
): { volumes: readonly Plain<k8s.Volume>[]; volumeClaimTemplates?: readonly object[] } {
  if (storage === undefined) return { volumes: [{ name, emptyDir: {} }] };
  return { volumes: [], volumeClaimTemplates: [{ metadata: { name, labels }, spec: claimSpec(storage) }] };
}

/** The spec of the persistent volume claim of a pod. */
export function claimSpec({ size, storageClass }: Storage) {
  return {
    accessModes: ['ReadWriteOnce'],
    storageClassName: storageClass,
    resources: { requests: { storage: size } },
  };
}
