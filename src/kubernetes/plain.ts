import type { k8s } from 'cdk8s-plus-28';

/**
 * A cdk8s-plus-28 type as Kubernetes 1.28 writes it: int-or-string and quantities are plain values. We build plain
 * manifests with these types. The `toJson` of the `Kube…` classes drops fields that it does not know.
 */
export type Plain<T> = T extends k8s.IntOrString
  ? k8s.IntOrString extends T
    ? string | number
    : PlainFields<T>
  : T extends Date
    ? string
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : T extends object
        ? PlainFields<T>
        : T;

type PlainFields<T> = { readonly [Field in keyof T as Respelled<Field>]: Plain<T[Field]> };

/** Fields that cdk8s spells differently, in the shapes of pods, Services, claims and Jobs. */
interface Spellings {
  clientIp: 'clientIP';
  clusterIp: 'clusterIP';
  datasetUuid: 'datasetUUID';
  diskUri: 'diskURI';
  downwardApi: 'downwardAPI';
  hostIp: 'hostIP';
  hostIpc: 'hostIPC';
  hostPid: 'hostPID';
  loadBalancerIp: 'loadBalancerIP';
  nonResourceUrLs: 'nonResourceURLs';
  pdId: 'pdID';
  scaleIo: 'scaleIO';
  setHostnameAsFqdn: 'setHostnameAsFQDN';
  storagePolicyId: 'storagePolicyID';
  targetWwNs: 'targetWWNs';
  volumeId: 'volumeID';
}

type Respelled<Field> = Field extends keyof Spellings ? Spellings[Field] : Field;
