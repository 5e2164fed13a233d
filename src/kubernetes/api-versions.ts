import { apiGroup } from './api-group.js';
import { nearest } from '../diagnostics/expected.js';
import type { Message } from '../diagnostics/diagnostic.js';
import { isReplacedLater } from './replaced-later.js';

// The kinds of Kubernetes' own API groups.

/** The kinds of Kubernetes 1.28 in stable versions, which later versions of Kubernetes keep. */
const STABLE: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'Binding', 'ComponentStatus', 'ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'Namespace', 'Node', 'PersistentVolume',
    'PersistentVolumeClaim', 'Pod', 'PodTemplate', 'ReplicationController', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount',
  ],
  'admissionregistration.k8s.io/v1': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'apiregistration.k8s.io/v1': ['APIService'],
  'apps/v1': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'authentication.k8s.io/v1': ['TokenRequest', 'TokenReview'],
  'authorization.k8s.io/v1': [
    'LocalSubjectAccessReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview',
  ],
  'autoscaling/v1': ['HorizontalPodAutoscaler'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'certificates.k8s.io/v1': ['CertificateSigningRequest'],
  'coordination.k8s.io/v1': ['Lease'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'events.k8s.io/v1': ['Event'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'node.k8s.io/v1': ['RuntimeClass'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['CSIDriver', 'CSINode', 'CSIStorageCapacity', 'StorageClass', 'VolumeAttachment'],
}; // prettier-ignore

/**
 * The versions that Kubernetes removed, and the version of Kubernetes that does not have them any more.
 * @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
const REMOVED: Readonly<Record<string, string>> = {
  'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration': '1.22',
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration': '1.22',
  'apiextensions.k8s.io/v1beta1 CustomResourceDefinition': '1.22',
  'apiregistration.k8s.io/v1beta1 APIService': '1.22',
  'apps/v1beta1 Deployment': '1.16',
  'apps/v1beta1 StatefulSet': '1.16',
  'apps/v1beta2 DaemonSet': '1.16',
  'apps/v1beta2 Deployment': '1.16',
  'apps/v1beta2 ReplicaSet': '1.16',
  'apps/v1beta2 StatefulSet': '1.16',
  'autoscaling/v2beta1 HorizontalPodAutoscaler': '1.25',
  'autoscaling/v2beta2 HorizontalPodAutoscaler': '1.26',
  'batch/v1beta1 CronJob': '1.25',
  'batch/v2alpha1 CronJob': '1.21',
  'certificates.k8s.io/v1beta1 CertificateSigningRequest': '1.22',
  'coordination.k8s.io/v1beta1 Lease': '1.22',
  'discovery.k8s.io/v1beta1 EndpointSlice': '1.25',
  'events.k8s.io/v1beta1 Event': '1.25',
  'extensions/v1beta1 DaemonSet': '1.16',
  'extensions/v1beta1 Deployment': '1.16',
  'extensions/v1beta1 Ingress': '1.22',
  'extensions/v1beta1 NetworkPolicy': '1.16',
  'extensions/v1beta1 PodSecurityPolicy': '1.16',
  'extensions/v1beta1 ReplicaSet': '1.16',
  'networking.k8s.io/v1beta1 Ingress': '1.22',
  'networking.k8s.io/v1beta1 IngressClass': '1.22',
  'node.k8s.io/v1beta1 RuntimeClass': '1.25',
  'policy/v1beta1 PodDisruptionBudget': '1.25',
  'policy/v1beta1 PodSecurityPolicy': '1.25',
  'rbac.authorization.k8s.io/v1beta1 ClusterRole': '1.22',
  'rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding': '1.22',
  'rbac.authorization.k8s.io/v1beta1 Role': '1.22',
  'rbac.authorization.k8s.io/v1beta1 RoleBinding': '1.22',
  'scheduling.k8s.io/v1beta1 PriorityClass': '1.22',
  'storage.k8s.io/v1beta1 CSIDriver': '1.22',
  'storage.k8s.io/v1beta1 CSINode': '1.22',
  'storage.k8s.io/v1beta1 CSIStorageCapacity': '1.27',
  'storage.k8s.io/v1beta1 StorageClass': '1.22',
  'storage.k8s.io/v1beta1 VolumeAttachment': '1.22',
};

/** Groups of Kubernetes before its version 1.28. */
const GROUPS = new Set([...Object.keys(STABLE).map(apiGroup), 'extensions']);

/** Kinds of OpenShift, which version 3 had in `v1`. */
const OF_OPENSHIFT = new Map([['Route', 'route.openshift.io/v1']]);

/** The group of a custom resource has a dot. */
function isOfKubernetes(apiVersion: string): boolean {
  const group = apiGroup(apiVersion);
  return GROUPS.has(group) || !group.includes('.');
}

/** The stable API versions of a kind of Kubernetes, the newest first. */
function versionsOf(kind: string): string[] {
  return Object.keys(STABLE)
    .filter((apiVersion) => STABLE[apiVersion]?.includes(kind))
    .toReversed();
}

/**
 * Message and hint about an API version that does not have the kind. Undefined if it has the kind, or may have it in a newer
 * version of Kubernetes.
 */
export function wrongApiVersion(apiVersion: string, kind: string): Message | undefined {
  const known = Object.hasOwn(STABLE, apiVersion) ? STABLE[apiVersion] : undefined;
  if (known?.includes(kind) || !isOfKubernetes(apiVersion) || isReplacedLater(apiVersion)) return undefined;
  const newest = versionsOf(kind)[0] ?? OF_OPENSHIFT.get(kind);
  const since = REMOVED[`${apiVersion} ${kind}`];
  if (since !== undefined)
    return {
      message: `Kubernetes ${since} and later have no ${kind} of ${apiVersion}`,
      hint: newest === undefined ? 'remove the object' : `write ${newest}`,
    };
  const message = `Kubernetes has no ${kind} of ${apiVersion}`;
  // A newer Kubernetes may add a version to a group that has the kind.
  if (newest !== undefined)
    return apiGroup(newest) === apiGroup(apiVersion) && known === undefined && !isBeta(apiVersion)
      ? undefined
      : { message, hint: `${kind} is of ${newest}` };
  const near = nearest(kind, Object.values(STABLE).flat());
  if (near === undefined || Math.abs(near.length - kind.length) > 2 || known === undefined) return undefined;
  return { message, hint: `did you mean ${JSON.stringify(near)}?` };
}

/** Whether it is a version before the stable one, which Kubernetes 1.28 has. */
function isBeta(apiVersion: string): boolean {
  return /\/v1(alpha|beta)/.test(apiVersion);
}
