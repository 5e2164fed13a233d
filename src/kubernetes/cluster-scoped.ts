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
  const group = typeof apiVersion === 'string' && apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const isOfKubernetes =
    !group?.includes('.') || group.endsWith('.k8s.io') || group.endsWith('.networking.k8s.io');
  if (isOfKubernetes && OF_KUBERNETES.has(kind)) return true;
  return OF_OTHERS.has(`${String(kind)}.${group}`) || group === 'config.openshift.io';
}
