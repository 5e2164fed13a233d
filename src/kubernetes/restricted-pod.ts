import { k8s } from 'cdk8s-plus-28';
import type { Quantity } from './quantity.js';
import type { ResolvedResources } from './resources.js';

/** A pod under Pod Security 'restricted'. */
export const RESTRICTED_POD: k8s.PodSecurityContext = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** The same, with a user. @param user id of user and group */
export function restrictedPod(user: number): k8s.PodSecurityContext {
  return { ...RESTRICTED_POD, runAsUser: user, runAsGroup: user };
}

/** A container under Pod Security 'restricted', and more: its file system is read-only but for volumes. */
export const RESTRICTED_CONTAINER: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** Resources as Kubernetes takes them. */
export function requirements({ requests, limits }: ResolvedResources): k8s.ResourceRequirements {
  return { requests: amounts(requests), limits: amounts(limits) };
}

function amounts(quantities: Readonly<Record<string, Quantity>>): Record<string, k8s.Quantity> | undefined {
  const entries = Object.entries(quantities).map(([name, amount]) => [
    name,
    k8s.Quantity.fromString(String(amount)),
  ]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
