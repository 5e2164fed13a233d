import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../kubernetes/plain.js';
import { requirements } from '../../kubernetes/resources.js';
import { containerEnv, containerTexts } from '../../kubernetes/variable-references.js';
import { GIT_SYNC_METRICS, gitSyncArgs, hookEnv } from './git-sync-args.js';
import { externalLabelsEnv, prometheusArgs } from './prometheus-args.js';
import { HOOK_FILE, PATHS, PROMETHEUS_PORTS } from './prometheus-paths.js';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';
import { prometheusVolumes } from './prometheus-volumes.js';
import { RESTRICTED_CONTAINER, restrictedPod } from '../../kubernetes/restricted-pod.js';
import { spreadOver } from '../../kubernetes/spread.js';

/** The user of the git-sync image: SSH needs a user that the image defines; Prometheus accepts any. */
const USER = 65533;

/**
 * The pod of a PrometheusServer: Prometheus, and git-sync, which runs the hook. Both have the same files at the same
 * paths.
 */
export function prometheusPod(spec: PrometheusServerSpec): Plain<k8s.PodSpec> {
  const volumes = prometheusVolumes(spec);
  const shared = volumes.mountsOf('shared');
  const following = [...shared, ...volumes.mountsOf('git')];
  return {
    serviceAccountName: spec.name,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: { ...restrictedPod(USER), fsGroup: USER },
    // On shutdown, Prometheus writes its memory to disk.
    terminationGracePeriodSeconds: 300,
    ...spreadOver(spec),
    initContainers: [
      copied('promtool', spec.image, '/bin/promtool'),
      ...(spec.decrypt ? [copied('sops', spec.decrypt.image, '/usr/local/bin/sops')] : []),
      {
        ...gitSync(spec, following, { reloads: false }),
        name: 'first-configuration',
        command: containerTexts(['/bin/sh', `${PATHS.hook}/${HOOK_FILE}`, 'first', '/git-sync']),
        args: containerTexts([...gitSyncArgs(spec), '--one-time']),
      },
    ],
    containers: [
      prometheus(spec, [...shared, ...volumes.mountsOf('prometheus')]),
      {
        ...gitSync(spec, following, { reloads: true }),
        args: containerTexts([...gitSyncArgs(spec), ...GIT_SYNC_METRICS]),
        ports: [{ name: 'git-sync', containerPort: PROMETHEUS_PORTS.gitSync, protocol: 'TCP' }],
      },
    ],
    volumes: volumes.volumes,
  };
}

function prometheus(
  spec: PrometheusServerSpec,
  volumeMounts: readonly Plain<k8s.VolumeMount>[],
): Plain<k8s.Container> {
  return {
    name: 'prometheus',
    image: spec.image,
    args: containerTexts(prometheusArgs(spec)),
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ...containerEnv(externalLabelsEnv(spec)),
    ],
    ports: [{ name: 'web', containerPort: PROMETHEUS_PORTS.web, protocol: 'TCP' }],
    livenessProbe: probe('/-/healthy', 10, 6),
    readinessProbe: probe('/-/ready', 5, 3),
    // The replay of a large write-ahead log can take minutes.
    startupProbe: probe('/-/ready', 15, 60),
    resources: requirements(spec.resources),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts,
  };
}

function probe(path: string, periodSeconds: number, failureThreshold: number): Plain<k8s.Probe> {
  return {
    httpGet: { path, port: 'web', scheme: 'HTTP' },
    periodSeconds,
    timeoutSeconds: 3,
    failureThreshold,
  };
}

function gitSync(
  spec: PrometheusServerSpec,
  volumeMounts: readonly Plain<k8s.VolumeMount>[],
  how: { readonly reloads: boolean },
): Plain<k8s.Container> {
  return {
    name: 'git-sync',
    image: spec.git.image,
    env: containerEnv(hookEnv(spec, how)),
    resources: requirements(spec.git.resources),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts,
  };
}

/** Copies a program for the hook from another image. promtool has the version of the server. */
function copied(program: string, image: string, from: string): Plain<k8s.Container> {
  return {
    name: `copy-${program}`,
    image,
    command: containerTexts(['/bin/cp', from, `${PATHS.tools}/${program}`]),
    resources: {
      requests: { cpu: '10m', memory: '32Mi' },
      limits: { memory: '128Mi' },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [{ name: 'tools', mountPath: PATHS.tools }],
  };
}
