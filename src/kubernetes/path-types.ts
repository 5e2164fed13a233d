/** How an Ingress compares a path: the values of `pathType` that the API server accepts. */
export const PATH_TYPES = ['Prefix', 'Exact', 'ImplementationSpecific'] as const;
