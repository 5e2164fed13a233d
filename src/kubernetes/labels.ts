/** What an object is managed by. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** Its value on every object that we make; by it we know our own files, too. */
export const MANAGED_BY = 'cdk8s-worker-metrics';
