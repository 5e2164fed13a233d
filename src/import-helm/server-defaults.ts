import { isDeepStrictEqual } from 'node:util';

const PROBE = '(liveness|readiness|startup)Probe';
const POD = '^spec(\\.jobTemplate\\.spec)?\\.template\\.spec';

/**
 * The values that the API server gives to fields of Kubernetes' own kinds that are not set. A path has `[]` for any item of
 * a list.
 */
const DEFAULTS: readonly (readonly [RegExp, unknown])[] = [
  [/^spec\.(replicas|minReplicas)$/, 1],
  [
    /^spec\.(strategy|updateStrategy)$/,
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  ],
  [/^spec\.(strategy|updateStrategy)$/, { type: 'RollingUpdate' }],
  [/^spec\.updateStrategy$/, { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }],
  [/^spec\.updateStrategy$/, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }],
  [/^spec\.revisionHistoryLimit$/, 10],
  [/^spec\.progressDeadlineSeconds$/, 600],
  [/^spec\.minReadySeconds$/, 0],
  [/^spec\.template\.spec\.restartPolicy$/, 'Always'],
  [new RegExp(`${POD}\\.terminationGracePeriodSeconds$`), 30],
  [new RegExp(`${POD}\\.dnsPolicy$`), 'ClusterFirst'],
  [new RegExp(`${POD}\\.schedulerName$`), 'default-scheduler'],
  [new RegExp(`${POD}\\.securityContext$`), {}],
  [/[cC]ontainers\[\]\.(resources|securityContext)$/, {}],
  [/\.protocol$/, 'TCP'],
  [/\.httpGet\.scheme$/, 'HTTP'],
  [new RegExp(`\\.${PROBE}\\.initialDelaySeconds$`), 0],
  [new RegExp(`\\.${PROBE}\\.periodSeconds$`), 10],
  [new RegExp(`\\.${PROBE}\\.timeoutSeconds$`), 1],
  [new RegExp(`\\.${PROBE}\\.successThreshold$`), 1],
  [new RegExp(`\\.${PROBE}\\.failureThreshold$`), 3],
  [/\.fieldRef\.apiVersion$/, 'v1'],
  [/\.resourceFieldRef\.divisor$/, '0'],
  [/\.volumes\[\]\.\w+\.defaultMode$/, 420],
  [/\.serviceAccountToken\.expirationSeconds$/, 3600],
  [/\.terminationMessagePath$/, '/dev/termination-log'],
  [/\.terminationMessagePolicy$/, 'File'],
  [/^spec\.type$/, 'ClusterIP'],
  [/^spec\.sessionAffinity$/, 'None'],
  [/^spec\.(internal|external)TrafficPolicy$/, 'Cluster'],
  [/^spec\.allocateLoadBalancerNodePorts$/, true],
  [/^spec\.concurrencyPolicy$/, 'Allow'],
  [/^spec\.suspend$/, false],
  [/^spec\.successfulJobsHistoryLimit$/, 3],
  [/^spec\.failedJobsHistoryLimit$/, 1],
  [/^spec\.(jobTemplate\.spec\.)?(completions|parallelism)$/, 1],
  [/^spec\.(jobTemplate\.spec\.)?backoffLimit$/, 6],
  [/^spec\.(jobTemplate\.spec\.)?completionMode$/, 'NonIndexed'],
  [/^spec\.(jobTemplate\.spec\.)?podReplacementPolicy$/, 'TerminatingOrFailed'],
  [/^spec\.(jobTemplate\.spec\.)?manualSelector$/, false],
  [/^spec\.podManagementPolicy$/, 'OrderedReady'],
  [/^spec\.persistentVolumeClaimRetentionPolicy$/, { whenDeleted: 'Retain', whenScaled: 'Retain' }],
  [/^spec\.(volumeClaimTemplates\[\]\.spec\.)?volumeMode$/, 'Filesystem'],
  [/\.parentRefs\[\]\.group$/, 'gateway.networking.k8s.io'],
  [/\.parentRefs\[\]\.kind$/, 'Gateway'],
  [/\.backendRefs\[\]\.group$/, ''],
  [/\.backendRefs\[\]\.kind$/, 'Service'],
  [/\.backendRefs\[\]\.weight$/, 1],
  [/\.matches$/, [{ path: { type: 'PathPrefix', value: '/' } }]],
  [/\.matches\[\]\.path$/, { type: 'PathPrefix', value: '/' }],
];

/** Whether a field has the value that the API server would give it. */
export function isServerDefault(path: string, value: unknown): boolean {
  return DEFAULTS.some(([field, fallback]) => field.test(path) && isDeepStrictEqual(value, fallback));
}
