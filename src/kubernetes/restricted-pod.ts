import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from './plain.js';

/** Security context of a pod under Pod Security 'restricted'. */
export const RESTRICTED_POD: Plain<k8s.PodSecurityContext> = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** The same context with a user. @param user id of user and group */
export function restrictedPod(user: number): Plain<k8s.PodSecurityContext> {
  return { ...RESTRICTED_POD, runAsUser: user, runAsGroup: user };
}

/**
 * Security context of a container under Pod Security 'restricted'. Its file system is read-only, except for volumes.
 */
export const RESTRICTED_CONTAINER: Plain<k8s.SecurityContext> = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** Whether the file system of a container is read-only. @param given merged over the restricted context; null removes a field */
export function hasReadOnlyRoot(
  given: { readonly readOnlyRootFilesystem?: boolean | null | undefined } = {},
): boolean {
  const { readOnlyRootFilesystem = true } = given;
  return readOnlyRootFilesystem === true;
}
