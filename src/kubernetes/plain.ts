import type { k8s } from 'cdk8s-plus-28';

/**
 * Kubernetes 1.28's own shape of a cdk8s-plus-28 type: int-or-string and quantities as plain values. We build plain
 * manifests by these types and not by the `Kube…` classes, whose `toJson` drops fields that it does not know.
 */
export type Plain<T> = T extends k8s.IntOrString
  ? k8s.IntOrString extends T
    ? string | number
    : PlainFields<T>
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? PlainFields<T>
      : T;

type PlainFields<T> = { readonly [Field in keyof T as Respelled<Field>]: Plain<T[Field]> };

/** Fields that cdk8s spells differently. */
interface Spellings {
  clusterIp: 'clusterIP';
}

type Respelled<Field> = Field extends keyof Spellings ? Spellings[Field] : Field;
