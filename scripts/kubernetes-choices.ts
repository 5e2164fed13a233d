import { ACCESS_MODES, PATH_TYPES, PROTOCOLS } from '../src/kubernetes/choices.js';

// The OpenAPI of Kubernetes 1.28 describes these fields as any text. The API server accepts only these texts.

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const CONTAINER = {
  imagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
  terminationMessagePolicy: ['File', 'FallbackToLogsOnError'],
};

/**
 * The texts that a field accepts, by shape and field; of a list, those of its items.
 *
 * @see pkg/apis/core/validation, pkg/apis/apps/validation, pkg/apis/autoscaling/validation and their neighbours in Kubernetes
 */
export const CHOICES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Container: CONTAINER,
  EphemeralContainer: CONTAINER,
  ContainerPort: { protocol: PROTOCOLS },
  CronJobSpec: { concurrencyPolicy: ['Allow', 'Forbid', 'Replace'] },
  DaemonSetUpdateStrategy: { type: ['RollingUpdate', 'OnDelete'] },
  DeploymentStrategy: { type: ['RollingUpdate', 'Recreate'] },
  HostPathVolumeSource: {
    type: ['DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'],
  },
  HpaScalingPolicyV2: { type: ['Pods', 'Percent'] },
  HpaScalingRulesV2: { selectPolicy: ['Max', 'Min', 'Disabled'] },
  HttpGetAction: { scheme: ['HTTP', 'HTTPS'] },
  HttpIngressPath: { pathType: PATH_TYPES },
  JobSpec: {
    completionMode: ['NonIndexed', 'Indexed'],
    podReplacementPolicy: ['TerminatingOrFailed', 'Failed'],
  },
  LabelSelectorRequirement: { operator: OPERATORS },
  MetricSpecV2: { type: ['Resource', 'ContainerResource', 'Pods', 'Object', 'External'] },
  MetricTargetV2: { type: ['Utilization', 'Value', 'AverageValue'] },
  NetworkPolicyPort: { protocol: PROTOCOLS },
  NetworkPolicySpec: { policyTypes: ['Ingress', 'Egress'] },
  NodeSelectorRequirement: { operator: [...OPERATORS, 'Gt', 'Lt'] },
  PersistentVolumeClaimSpec: { accessModes: ACCESS_MODES, volumeMode: ['Filesystem', 'Block'] },
  PodDisruptionBudgetSpec: { unhealthyPodEvictionPolicy: ['IfHealthyBudget', 'AlwaysAllow'] },
  PodFailurePolicyOnExitCodesRequirement: { operator: ['In', 'NotIn'] },
  PodFailurePolicyRule: { action: ['FailJob', 'FailIndex', 'Ignore', 'Count'] },
  PodSecurityContext: { fsGroupChangePolicy: ['OnRootMismatch', 'Always'] },
  PodSpec: {
    dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
    preemptionPolicy: ['PreemptLowerPriority', 'Never'],
    restartPolicy: ['Always', 'OnFailure', 'Never'],
  },
  SeccompProfile: { type: ['RuntimeDefault', 'Localhost', 'Unconfined'] },
  SecurityContext: { procMount: ['Default', 'Unmasked'] },
  ServicePort: { protocol: PROTOCOLS },
  ServiceSpec: {
    externalTrafficPolicy: ['Cluster', 'Local'],
    internalTrafficPolicy: ['Cluster', 'Local'],
    ipFamilies: ['IPv4', 'IPv6'],
    ipFamilyPolicy: ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
    sessionAffinity: ['None', 'ClientIP'],
    type: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  },
  StatefulSetPersistentVolumeClaimRetentionPolicy: {
    whenDeleted: ['Retain', 'Delete'],
    whenScaled: ['Retain', 'Delete'],
  },
  StatefulSetSpec: { podManagementPolicy: ['OrderedReady', 'Parallel'] },
  StatefulSetUpdateStrategy: { type: ['RollingUpdate', 'OnDelete'] },
  Toleration: {
    effect: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
    operator: ['Exists', 'Equal'],
  },
  TopologySpreadConstraint: {
    nodeAffinityPolicy: ['Honor', 'Ignore'],
    nodeTaintsPolicy: ['Honor', 'Ignore'],
    whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway'],
  },
  VolumeMount: { mountPropagation: ['None', 'HostToContainer', 'Bidirectional'] },
};
