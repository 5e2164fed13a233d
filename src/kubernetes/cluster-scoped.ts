import { apiGroup } from './api-group.js';
import { scalarText } from '../diagnostics/scalar-text.js';

/** Cluster-scoped kinds in Kubernetes' own API groups. */
const OF_KUBERNETES: ReadonlySet<unknown> = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'ComponentStatus',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'GatewayClass',
  'IPAddress',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PodSecurityPolicy',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceSlice',
  'RuntimeClass',
  'SelfSubjectAccessReview',
  'SelfSubjectReview',
  'SelfSubjectRulesReview',
  'ServiceCIDR',
  'StorageClass',
  'StorageVersion',
  'SubjectAccessReview',
  'TokenReview',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
  'VolumeSnapshotClass',
  'VolumeSnapshotContent',
]);

/** Well-known cluster-scoped kinds of other projects, with their API groups. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  'ClusterIssuer.cert-manager.io',
  'ClusterSecretStore.external-secrets.io',
  'ClusterExternalSecret.external-secrets.io',
  'ClusterPolicy.kyverno.io',
  'ClusterRole.authorization.openshift.io',
  'ClusterRoleBinding.authorization.openshift.io',
  'ConstraintTemplate.templates.gatekeeper.sh',
  'EC2NodeClass.karpenter.k8s.aws',
  'NodePool.karpenter.sh',
  'ClusterPodMonitoring.monitoring.googleapis.com',
  'ClusterRules.monitoring.googleapis.com',
  'GlobalNetworkPolicy.crd.projectcalico.org',
  'GlobalNetworkPolicy.projectcalico.org',
  'CiliumClusterwideNetworkPolicy.cilium.io',
  'SecurityContextConstraints.security.openshift.io',
  'Project.project.openshift.io',
  'ProjectRequest.project.openshift.io',
]);

/** Whether a kind is cluster-scoped. Unknown kinds count as namespaced. */
export function isClusterScoped(apiVersion: unknown, kind: unknown): boolean {
  const group = typeof apiVersion === 'string' ? apiGroup(apiVersion) : '';
  const isOfKubernetes =
    !group.includes('.') || group.endsWith('.k8s.io') || group.endsWith('.networking.k8s.io');
  if (isOfKubernetes && OF_KUBERNETES.has(kind)) return true;
  return OF_OTHERS.has(`${scalarText(kind)}.${group}`) || group === 'config.openshift.io';
}

/** Kubernetes' own API groups that have no domain of their own. */
const SHORT_GROUPS = new Set(['', 'apps', 'autoscaling', 'batch', 'policy', 'extensions']);

/** API groups of other projects whose kinds are namespaced, but for those of `OF_OTHERS`. */
const NAMESPACED_GROUPS = new Set([
  'monitoring.coreos.com',
  'cert-manager.io',
  'acme.cert-manager.io',
  'external-secrets.io',
  'bitnami.com',
  'keda.sh',
  'argoproj.io',
  'traefik.io',
  'networking.istio.io',
  'security.istio.io',
  'postgresql.cnpg.io',
  'route.openshift.io',
  'source.toolkit.fluxcd.io',
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
]);

/** Whether a kind is known to be namespaced. A kind that is neither this nor cluster-scoped is unknown. */
export function isNamespaced(apiVersion: unknown, kind: unknown): boolean {
  if (typeof apiVersion !== 'string' || isClusterScoped(apiVersion, kind)) return false;
  const group = apiGroup(apiVersion);
  return SHORT_GROUPS.has(group) || group.endsWith('.k8s.io') || NAMESPACED_GROUPS.has(group);
}
