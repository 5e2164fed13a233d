import type { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { ALERTMANAGER_PATHS, alertmanagerArgs } from './alertmanager-args.js';
import type { AlertmanagerClusterSpec } from './alertmanager-cluster-spec.js';
import { ALERTMANAGER_PORTS } from './alertmanager-peers.js';
import type { Plain } from '../../kubernetes/plain.js';
import { requirements } from '../../kubernetes/resources.js';
import { containerTexts } from '../../kubernetes/variable-references.js';
import { RESTRICTED_CONTAINER, restrictedPod } from '../../kubernetes/restricted-pod.js';
import { secretVolumeName } from '../../kubernetes/secret-volume.js';
import { spreadOver } from '../../kubernetes/spread.js';
import { statefulStorage } from '../../kubernetes/stateful-storage.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

interface Pods {
  readonly spec: AlertmanagerClusterSpec;
  /** The generated ConfigMap. Undefined with `configFrom`. */
  readonly ownConfig?: { readonly name: string; readonly hash: string };
}

const CONFIG_HASH = 'cdk8s-worker-metrics/alertmanager-config';
/** The prometheus-operator's sidecar, which also works without the operator. */
const RELOADER_IMAGE = 'quay.io/prometheus-operator/prometheus-config-reloader:v0.93.0';
/** User `nobody`, the user of the image. */
const USER = 65534;

/** Adds the StatefulSet of a standalone AlertmanagerCluster. All pods have stable names and the same command line. */
export function alertmanagerStatefulSet(scope: Construct, id: string, pods: Pods): ApiObject {
  const { spec, ownConfig } = pods;
  const { name, namespace, labels, selector, peers } = spec;
  const { volumes, volumeClaimTemplates } = statefulStorage('storage', selector, spec.storage);
  return new PlainObject(scope, id, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      replicas: peers.count,
      serviceName: peers.place.service,
      // Start all peers at once: a peer must not wait for one that cannot start.
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      revisionHistoryLimit: 10,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels, annotations: ownConfig && { [CONFIG_HASH]: ownConfig.hash } },
        spec: { ...podSpec(pods), volumes: [...configVolumes(pods), ...volumes] },
      },
      volumeClaimTemplates,
    },
  });
}

function podSpec({ spec, ownConfig }: Pods): Plain<k8s.PodSpec> {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { ...restrictedPod(USER), fsGroup: USER },
    // Before it stops, a peer sends its state to the others.
    terminationGracePeriodSeconds: 120,
    ...spreadOver(spec),
    containers: [alertmanager(spec), ...(ownConfig === undefined ? [reloader()] : [])],
  };
}

function alertmanager(spec: AlertmanagerClusterSpec): Plain<k8s.Container> {
  return {
    name: 'alertmanager',
    image: spec.image,
    args: containerTexts(alertmanagerArgs(spec)),
    env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
    // The gossip port is not declared: `kubectl apply` merges ports by number and would lose either TCP or UDP.
    ports: [{ name: 'web', containerPort: ALERTMANAGER_PORTS.web, protocol: 'TCP' }],
    livenessProbe: probe('/-/healthy', 10),
    readinessProbe: probe('/-/ready', 3),
    resources: requirements(spec.resources),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'config', mountPath: ALERTMANAGER_PATHS.config, readOnly: true },
      ...spec.secrets.map((secret) => ({
        name: secretVolumeName(secret),
        mountPath: `${ALERTMANAGER_PATHS.secrets}/${secret}`,
        readOnly: true,
      })),
      { name: 'storage', mountPath: ALERTMANAGER_PATHS.storage },
    ],
  };
}

function probe(path: string, failureThreshold: number): Plain<k8s.Probe> {
  return {
    httpGet: { path, port: 'web', scheme: 'HTTP' },
    periodSeconds: 10,
    timeoutSeconds: 3,
    failureThreshold,
  };
}

/** The sidecar that makes Alertmanager reload its configuration when the Secret or ConfigMap changes. */
function reloader(): Plain<k8s.Container> {
  return {
    name: 'config-reloader',
    image: RELOADER_IMAGE,
    args: containerTexts([
      '--listen-address=:8080',
      `--reload-url=http://127.0.0.1:${ALERTMANAGER_PORTS.web}/-/reload`,
      `--watched-dir=${ALERTMANAGER_PATHS.config}`,
    ]),
    resources: {
      requests: { cpu: '10m', memory: '50Mi' },
      limits: { memory: '50Mi' },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [{ name: 'config', mountPath: ALERTMANAGER_PATHS.config, readOnly: true }],
  };
}

function configVolumes({ spec, ownConfig }: Pods): Plain<k8s.Volume>[] {
  return [
    { name: 'config', ...configSource(spec, ownConfig) },
    ...spec.secrets.map((secretName) => ({ name: secretVolumeName(secretName), secret: { secretName } })),
  ];
}

function configSource(
  { configFrom }: AlertmanagerClusterSpec,
  ownConfig: Pods['ownConfig'],
): Pick<Plain<k8s.Volume>, 'configMap' | 'secret'> {
  if (ownConfig !== undefined) return { configMap: { name: ownConfig.name } };
  if (configFrom === undefined) throw new Error('an AlertmanagerCluster without a configuration');
  const items = [{ key: configFrom.key, path: 'alertmanager.yml' }];
  return 'secret' in configFrom
    ? { secret: { secretName: configFrom.secret, items } }
    : { configMap: { name: configFrom.configMap, items } };
}
