import type { Manifest } from '../../kubernetes/manifest.js';
import type { VolumeClaim } from '../../kubernetes-shapes/types.js';
import { userVolumes, type Volumes } from './user-volumes.js';

/** Name of the PersistentVolumeClaim of a volume. */
export function claimName(application: string, volume: string): string {
  return `${application}-${volume}`;
}

/**
 * Neither Argo CD nor Flux deletes a claim whose key or application was removed: its data would be lost.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ and https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
const NEVER_DELETED = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** Before the name of a volume: the id of its claim in the construct. */
const CLAIM_ID = 'claim-';

/** The claims among the objects of an application, by the names of their volumes. */
export function claimsAmong<Item>(objects: Readonly<Record<string, Item>>): Readonly<Record<string, Item>> {
  const claims = Object.entries(objects).filter(([id]) => id.startsWith(CLAIM_ID));
  return Object.fromEntries(claims.map(([id, object]) => [id.slice(CLAIM_ID.length), object]));
}

/** The PersistentVolumeClaims of an application, by their ids in the construct. */
export function claims(volumes: Volumes, application: string): Record<string, Manifest> {
  return Object.fromEntries(
    userVolumes(volumes).flatMap(({ name, claim }) =>
      claim === undefined ? [] : [[`${CLAIM_ID}${name}`, claimManifest(claimName(application, name), claim)]],
    ),
  );
}

function claimManifest(name: string, { size, resources, ...spec }: VolumeClaim): Manifest {
  const requests = { ...resources?.requests, ...(size !== undefined && { storage: String(size) }) };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, annotations: NEVER_DELETED },
    spec: { accessModes: accessModes(spec), ...spec, resources: { ...resources, requests } },
  };
}

export function accessModes({ accessModes: given }: VolumeClaim): readonly string[] {
  return given ?? ['ReadWriteOnce'];
}

/** Whether only the pods of one node can use the volume at the same time. */
export function isOfOneNode(claim: VolumeClaim): boolean {
  return accessModes(claim).every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
}

/** Whether a volume is a claim that only the pods of one node can use at the same time. */
export function hasClaimOfOneNode(volumes: Volumes | undefined): boolean {
  return userVolumes(volumes).some(({ claim }) => claim !== undefined && isOfOneNode(claim));
}

/** Whether only one pod can use the volume at the same time. */
export function isOfOnePod(claim: VolumeClaim): boolean {
  return accessModes(claim).includes('ReadWriteOncePod');
}
