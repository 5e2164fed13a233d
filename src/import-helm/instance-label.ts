/** Label with the name of the release. */
export const INSTANCE = 'app.kubernetes.io/instance';
