/** A persistent volume for each pod. */
export interface Storage {
  /** A quantity such as `10Gi`. */
  readonly size: string;
  /** @default - the cluster's default storage class */
  readonly storageClass?: string;
}
