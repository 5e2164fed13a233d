/** The version of Kubernetes whose shapes the keys have. */
export const OF_SHAPES = '1.28';

/**
 * Fields that Kubernetes added after 1.28, by shape, and the version that added each.
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/ and the types in k8s.io/api
 */
const NEWER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Container: { restartPolicyRules: '1.34' },
  EnvVarSource: { fileKeyRef: '1.34' },
  HpaScalingRulesV2: { tolerance: '1.33' },
  JobSpec: { managedBy: '1.30', successPolicy: '1.30' },
  Lifecycle: { stopSignal: '1.33' },
  LifecycleHandler: { sleep: '1.29' },
  PersistentVolumeClaimSpec: { volumeAttributesClassName: '1.29' },
  PodAffinityTerm: { matchLabelKeys: '1.29', mismatchLabelKeys: '1.29' },
  PodResourceClaim: { resourceClaimName: '1.31', resourceClaimTemplateName: '1.31' },
  PodSecurityContext: {
    appArmorProfile: '1.30',
    seLinuxChangePolicy: '1.32',
    supplementalGroupsPolicy: '1.31',
  },
  PodSpec: { hostnameOverride: '1.34', resources: '1.32' },
  ResourceClaim: { request: '1.31' },
  SecurityContext: { appArmorProfile: '1.30' },
  ServiceSpec: { trafficDistribution: '1.30' },
  Volume: { image: '1.31' },
  VolumeMount: { recursiveReadOnly: '1.30' },
  VolumeProjection: { clusterTrustBundle: '1.29', podCertificate: '1.34' },
};

/** Message and hint about a newer field of a shape. Undefined if it is not known. */
export function newerField(shape: string | undefined, field: string) {
  const fields = shape === undefined ? undefined : NEWER[shape];
  return fields !== undefined && Object.hasOwn(fields, field) ? aboutNewer(fields[field] ?? '') : undefined;
}

/** Message and hint about a newer field of a Job, where its fields are keys. */
export function newerJobField(field: string) {
  return newerField('JobSpec', field);
}

function aboutNewer(version: string) {
  const message = `a field of Kubernetes ${version} or later, and the keys have the fields of ${OF_SHAPES}`;
  return { message, hint: 'write it in patches' };
}
