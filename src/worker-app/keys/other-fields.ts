import type { ContainerFields, PodFields } from '../../kubernetes-shapes/types.js';
import { otherFields } from '../../schema/shape-field.js';
import { key } from '../key.js';

/** Fields of a pod that have a key. */
const POD_KEYS = {
  affinity: 'affinity',
  automountServiceAccountToken: 'serviceAccount: { automountToken: true }',
  containers: 'sidecars',
  dnsConfig: 'dnsConfig',
  dnsPolicy: 'dnsPolicy',
  hostAliases: 'hostAliases',
  imagePullSecrets: 'imagePullSecrets',
  initContainers: 'initContainers',
  nodeSelector: 'nodeSelector',
  priorityClassName: 'priorityClassName',
  runtimeClassName: 'runtimeClassName',
  schedulerName: 'schedulerName',
  securityContext: 'podSecurityContext',
  serviceAccount: 'serviceAccount',
  serviceAccountName: 'serviceAccount',
  terminationGracePeriodSeconds: 'terminationGracePeriodSeconds',
  tolerations: 'tolerations',
  topologySpreadConstraints: 'topologySpreadConstraints',
  volumes: 'volumes',
};

/** Fields of a running pod that the API server refuses in a template. */
const POD_REFUSED = { ephemeralContainers: '`kubectl debug` adds them to a running pod' };

/** Fields of a container that have a key. */
const CONTAINER_KEYS = {
  args: 'args',
  command: 'command',
  env: 'env',
  envFrom: 'envFrom',
  image: 'image',
  imagePullPolicy: 'imagePullPolicy',
  lifecycle: 'lifecycle',
  livenessProbe: 'probes: { liveness: … }',
  name: 'container',
  ports: 'ports',
  readinessProbe: 'probes: { readiness: … }',
  resources: 'resources',
  securityContext: 'containerSecurityContext',
  startupProbe: 'probes: { startup: … }',
  volumeMounts: 'volumes, with a mountPath',
};

export const podSpec = key({
  scope: 'pods',
  field: () => otherFields<PodFields>('PodSpec', 'PodFields', POD_KEYS, POD_REFUSED),
  description: "Fields of the pods that no key names, in Kubernetes' form, such as `hostNetwork`.",
  unset: 'none',
  example: { shareProcessNamespace: true },
  pod: (fields) => fields,
});

export const containerSpec = key({
  scope: 'pods',
  field: () => otherFields<ContainerFields>('Container', 'ContainerFields', CONTAINER_KEYS),
  description: "Fields of the application's container that no key names, in Kubernetes' form, such as `tty`.",
  unset: 'none',
  example: { tty: true },
  container: (fields) => fields,
});
