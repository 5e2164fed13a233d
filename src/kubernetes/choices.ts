// The texts that a field accepts. Fields whose texts only the shapes need are in scripts/kubernetes-choices.ts.

/** How an Ingress compares a path: `pathType`. */
export const PATH_TYPES = ['Prefix', 'Exact', 'ImplementationSpecific'] as const;

/** The protocol of a port. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** The modes of a PersistentVolumeClaim. */
export const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] as const;
