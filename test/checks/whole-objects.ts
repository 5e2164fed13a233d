import type { Manifest } from '../../src/kubernetes/manifest.js';

const LABELS = { app: 'web' };
const SELECTOR = { matchLabels: LABELS, matchExpressions: [{ key: 'tier', operator: 'Exists' }] };
const LABELLED = {
  labels: { ...LABELS, tier: 'front' },
  ownerReferences: [{ apiVersion: 'v1', kind: 'A', name: 'a', uid: 'a' }],
};

const PROBE = {
  initialDelaySeconds: 1,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
  terminationGracePeriodSeconds: 30,
};

const POD = {
  activeDeadlineSeconds: 3600,
  affinity: {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, preference: { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] } },
      ],
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }],
      },
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: SELECTOR } },
      ],
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'node', labelSelector: SELECTOR }],
    },
  },
  containers: [
    {
      name: 'web',
      image: 'web:1',
      env: [
        { name: 'A', value: '1' },
        { name: 'B', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } },
        { name: 'C', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } },
        { name: 'D', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'E', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
      ],
      envFrom: [{ secretRef: { name: 'a' } }],
      ports: [{ name: 'http', containerPort: 8000, hostPort: 8000 }],
      livenessProbe: { ...PROBE, httpGet: { port: 'http', path: '/', httpHeaders: [{ name: 'A', value: 'b' }] } },
      readinessProbe: { tcpSocket: { port: 8000 } },
      startupProbe: { grpc: { port: 8000 } },
      lifecycle: { preStop: { httpGet: { port: 8000 } } },
      securityContext: {
        runAsUser: 1000,
        runAsGroup: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
        procMount: 'Default',
      },
      resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
      resources: { claims: [{ name: 'device' }] },
      volumeMounts: [{ name: 'config', mountPath: '/config' }],
      volumeDevices: [{ name: 'claim', devicePath: '/dev/xvda' }],
    },
  ],
  hostAliases: [{ ip: '127.0.0.1', hostnames: ['a'] }],
  imagePullSecrets: [{ name: 'a' }],
  initContainers: [{ name: 'init', image: 'web:1' }],
  os: { name: 'linux' },
  readinessGates: [{ conditionType: 'a' }],
  resourceClaims: [{ name: 'device', resourceClaimName: 'a' }],
  schedulingGates: [{ name: 'a.example.com/b' }],
  securityContext: {
    fsGroup: 1000,
    supplementalGroups: [1000],
    sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
  },
  terminationGracePeriodSeconds: 30,
  tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }],
  topologySpreadConstraints: [
    { maxSkew: 1, minDomains: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: SELECTOR },
  ],
  volumes: [
    { name: 'config', configMap: { name: 'a', defaultMode: 0o644, items: [{ key: 'a', path: 'b', mode: 0o644 }] } },
    { name: 'secret', secret: { secretName: 'a', defaultMode: 0o644, items: [{ key: 'a', path: 'b' }] } },
    { name: 'claim', persistentVolumeClaim: { claimName: 'a' } },
    { name: 'empty', emptyDir: {} },
    { name: 'host', hostPath: { path: '/a' } },
    { name: 'aws', awsElasticBlockStore: { volumeID: 'a', partition: 1 } },
    { name: 'azure', azureDisk: { diskName: 'a', diskURI: '/subscriptions/a', kind: 'Managed' } },
    { name: 'azure-file', azureFile: { secretName: 'a', shareName: 'a' } },
    { name: 'ceph', cephfs: { monitors: ['a'] } },
    { name: 'cinder', cinder: { volumeID: 'a' } },
    { name: 'flex', flexVolume: { driver: 'a/b' } },
    { name: 'gce', gcePersistentDisk: { pdName: 'a', partition: 1 } },
    { name: 'git', gitRepo: { repository: 'a' } },
    { name: 'gluster', glusterfs: { endpoints: 'a', path: 'a' } },
    { name: 'iscsi', iscsi: { targetPortal: '127.0.0.1', iqn: 'iqn.2015-02.example.com:test', lun: 1 } },
    { name: 'photon', photonPersistentDisk: { pdID: 'a' } },
    { name: 'portworx', portworxVolume: { volumeID: 'a' } },
    { name: 'quobyte', quobyte: { registry: 'a:1', volume: 'a' } },
    { name: 'rbd', rbd: { monitors: ['a'], image: 'a' } },
    { name: 'scale', scaleIO: { gateway: 'a', system: 'a', volumeName: 'a', secretRef: { name: 'a' } } },
    { name: 'vsphere', vsphereVolume: { volumePath: 'a' } },
    { name: 'nfs', nfs: { server: 'a', path: '/a' } },
    { name: 'csi', csi: { driver: 'a.example.com' } },
    { name: 'down', downwardAPI: { defaultMode: 0o644, items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.labels' } }] } },
    {
      name: 'projected',
      projected: {
        defaultMode: 0o644,
        sources: [
          { serviceAccountToken: { path: 'a', expirationSeconds: 3600 } },
          { configMap: { name: 'a', items: [{ key: 'a', path: 'c' }] } },
        ],
      },
    },
    {
      name: 'ephemeral',
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      },
    },
  ],
}; // prettier-ignore

const { activeDeadlineSeconds: _, ...LASTING } = POD;
const TEMPLATE = { metadata: LABELLED, spec: LASTING };
const OF_JOB = { metadata: LABELLED, spec: { ...POD, restartPolicy: 'Never' } };
const JOB = {
  activeDeadlineSeconds: 3600,
  backoffLimit: 1,
  completions: 2,
  parallelism: 2,
  podFailurePolicy: {
    rules: [
      { action: 'Ignore', onPodConditions: [{ type: 'a', status: 'True' }] },
      { action: 'FailJob', onExitCodes: { operator: 'In', values: [1] } },
    ],
  },
  template: OF_JOB,
  ttlSecondsAfterFinished: 60,
};
const TARGET = { type: 'AverageValue', averageValue: '1' };

const object = (apiVersion: string, kind: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'web' },
  spec,
});

/** Objects with many fields. The API server accepts them. */
export const WHOLE_OBJECTS: readonly Manifest[] = [
  object('apps/v1', 'DaemonSet', { minReadySeconds: 1, revisionHistoryLimit: 1, selector: SELECTOR, template: TEMPLATE }),
  object('apps/v1', 'Deployment', { minReadySeconds: 1, progressDeadlineSeconds: 600, replicas: 1, revisionHistoryLimit: 1, selector: SELECTOR, template: TEMPLATE }),
  object('apps/v1', 'ReplicaSet', { minReadySeconds: 1, replicas: 1, selector: SELECTOR, template: TEMPLATE }),
  object('apps/v1', 'StatefulSet', {
    minReadySeconds: 1,
    ordinals: { start: 1 },
    replicas: 1,
    revisionHistoryLimit: 1,
    selector: SELECTOR,
    serviceName: 'web',
    template: TEMPLATE,
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }],
  }),
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    behavior: { scaleDown: { stabilizationWindowSeconds: 1, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
    maxReplicas: 3,
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'web', target: TARGET } },
      { type: 'Pods', pods: { metric: { name: 'a' }, target: TARGET } },
      { type: 'External', external: { metric: { name: 'a' }, target: TARGET } },
      { type: 'Object', object: { describedObject: { kind: 'Service', name: 'web' }, metric: { name: 'a' }, target: TARGET } },
    ],
    minReplicas: 1,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
  }),
  object('batch/v1', 'CronJob', { schedule: '0 0 * * *', startingDeadlineSeconds: 60, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 1, jobTemplate: { spec: JOB } }),
  object('batch/v1', 'Job', JOB),
  object('networking.k8s.io/v1', 'Ingress', {
    defaultBackend: { resource: { kind: 'A', name: 'a' } },
    rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
    tls: [{ hosts: ['a.example.com'], secretName: 'a' }],
  }),
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    podSelector: SELECTOR,
    ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80, endPort: 90 }] }],
  }),
  object('policy/v1', 'PodDisruptionBudget', { minAvailable: 1, selector: SELECTOR }),
  object('v1', 'PersistentVolumeClaim', { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, dataSource: { kind: 'PersistentVolumeClaim', name: 'a' } }),
  object('v1', 'Pod', POD),
  object('v1', 'Service', { type: 'NodePort', sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }, ports: [{ name: 'http', port: 80, nodePort: 30080 }], selector: LABELS }),
]; // prettier-ignore
