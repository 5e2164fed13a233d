/** A key of a Secret in the namespace of the object that refers to it. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

/** A key of a ConfigMap in the namespace of the object that refers to it. */
export interface ConfigMapKey {
  readonly configMap: string;
  readonly key: string;
}
