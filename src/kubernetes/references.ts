/** A key of a Secret in the namespace of the object that refers to it. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

/** A key of a Secret as the value of a variable. */
export interface SecretVariable extends SecretKey {
  /** Leaves the variable out if the Secret or the key does not exist. @default false */
  readonly optional?: boolean | undefined;
}

/** A key of a ConfigMap as the value of a variable. */
export interface ConfigMapVariable extends ConfigMapKey {
  /** Leaves the variable out if the ConfigMap or the key does not exist. @default false */
  readonly optional?: boolean | undefined;
}

/** A field of the pod as the value of a variable. */
export interface FieldVariable {
  readonly field: string;
}

/** A resource of a container as the value of a variable. */
export interface ResourceVariable {
  readonly resource: string;
  /** @default - the container of the variable */
  readonly containerName?: string | undefined;
  /** The unit of the value: `1Mi`. @default 1: cores and bytes */
  readonly divisor?: string | undefined;
}

/** The value of an environment variable. */
export type VariableValue = string | SecretVariable | ConfigMapVariable | FieldVariable | ResourceVariable;

interface Variables {
  /** Text before the name of each variable. */
  readonly prefix?: string | undefined;
  /** Adds no variables if the Secret or ConfigMap does not exist. @default false */
  readonly optional?: boolean | undefined;
}

/** All keys of a Secret as variables. */
export interface SecretVariables extends Variables {
  readonly secret: string;
}

/** All keys of a ConfigMap as variables. */
export interface ConfigMapVariables extends Variables {
  readonly configMap: string;
}

/** A key of a ConfigMap in the namespace of the object that refers to it. */
export interface ConfigMapKey {
  readonly configMap: string;
  readonly key: string;
}
