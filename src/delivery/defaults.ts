/** What delivery is where values are silent. The only place where these are written. */
export const DELIVERY_DEFAULTS = {
  branch: 'main',
  prune: true,
  argocd: {
    namespace: 'argocd',
    project: 'default',
    server: 'https://kubernetes.default.svc',
    selfHeal: true,
    wave: 0,
  },
  flux: { namespace: 'flux-system', interval: '10m', timeout: '5m' },
} as const;

/** Where the manifests are in the repository of the values. */
export function defaultDeliveryPath(environment: string | undefined): string {
  return environment === undefined ? 'dist' : `dist/${environment}`;
}
