/** The label that says which tool manages an object. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** The value of `MANAGED_BY_LABEL` on every object of this package. It also identifies the files that we wrote. */
export const MANAGED_BY = 'cdk8s-worker-metrics';

/** The label that names the application that an object is a part of. */
export const PART_OF_LABEL = 'app.kubernetes.io/part-of';
