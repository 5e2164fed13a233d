// Names of the labels that Kubernetes recommends: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/

/** The label with the name of an application. */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** The label that distinguishes one installation of an application from another. */
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';

/** The label with the version of an application. */
export const VERSION_LABEL = 'app.kubernetes.io/version';

/** The label that says which part of an application an object is. */
export const COMPONENT_LABEL = 'app.kubernetes.io/component';

/** The label that names the application that an object is a part of. */
export const PART_OF_LABEL = 'app.kubernetes.io/part-of';

/** The label that says which tool manages an object. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** The value of `MANAGED_BY_LABEL` on every object of this package. It also identifies the files that we wrote. */
export const MANAGED_BY = 'cdk8s-worker-metrics';
