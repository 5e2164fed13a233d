/** The value of `app.kubernetes.io/managed-by` on every object that we make; by it we know our own files, too. */
export const MANAGED_BY = 'cdk8s-worker-metrics';
