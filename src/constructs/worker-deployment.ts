import { k8s, Protocol } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { inOrderOfReferences } from '../kubernetes/variable-references.js';
import { MAX_SURGE_PERCENT } from '../worker-app/defaults.js';
import type { EnvValue } from '../worker-app/worker-app-props.js';
import { MULTIPROCESS_FOLDER, type WorkerAppSpec } from '../worker-app/worker-app-spec.js';
import type { GunicornConfig } from './gunicorn-config.js';
import { healthProbes } from './health-probes.js';
import type { ServiceWindowsConfig } from './service-windows-config.js';
import { requirements, RESTRICTED_CONTAINER, restrictedPod } from './restricted-pod.js';

export interface WorkerDeploymentProps {
  readonly spec: WorkerAppSpec;
  /** @default - gunicorn runs as the image starts it */
  readonly gunicorn?: GunicornConfig;
  /** @default - the application is told of none */
  readonly serviceWindows?: ServiceWindowsConfig;
}

/** Where a rolled change of gunicorn's configuration shows. */
const CONFIG_HASH = 'cdk8s-worker-metrics/gunicorn-config';

/** The application reads its service windows when it starts. */
const WINDOWS_HASH = 'cdk8s-worker-metrics/service-windows';

/** Seconds for the endpoints of an ending pod to be taken out everywhere, before gunicorn stops accepting. */
const DRAIN = 5;

/** Seconds that gunicorn's master gets beyond what it gives its workers. */
const MARGIN = 5;

/**
 * The Deployment of a WorkerApp. Runs under Pod Security 'restricted': no root, no privileges, a read-only file system
 * but for /tmp.
 */
export class WorkerDeployment extends Construct {
  constructor(scope: Construct, id: string, props: WorkerDeploymentProps) {
    super(scope, id);
    const { spec } = props;
    const { name, namespace, labels, selector } = spec;
    new k8s.KubeDeployment(this, 'Resource', {
      metadata: { name, namespace, labels },
      spec: {
        replicas: spec.replicas,
        revisionHistoryLimit: 10,
        selector: { matchLabels: selector },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: percent(MAX_SURGE_PERCENT), maxUnavailable: percent(MAX_SURGE_PERCENT) },
        },
        template: {
          metadata: { labels, annotations: hashes(props) },
          spec: podSpec(props),
        },
      },
    });
  }
}

/** A volume, and where the container has it. */
export interface MountedVolume {
  readonly volume: k8s.Volume;
  readonly mount: k8s.VolumeMount;
}

/** On the pod template: pods roll when what they read at their start changes. */
function hashes({ gunicorn, serviceWindows }: WorkerDeploymentProps): Record<string, string> | undefined {
  if (!gunicorn && !serviceWindows) return undefined;
  return {
    ...(gunicorn && { [CONFIG_HASH]: gunicorn.hash }),
    ...(serviceWindows && { [WINDOWS_HASH]: serviceWindows.hash }),
  };
}

function volumesOf({ spec, gunicorn, serviceWindows }: WorkerDeploymentProps): MountedVolume[] {
  const volumes: MountedVolume[] = [
    // gunicorn's heartbeat files, uploads and Python's tempfile
    { volume: { name: 'tmp', emptyDir: {} }, mount: { name: 'tmp', mountPath: '/tmp' } },
  ];
  if (gunicorn) volumes.push(gunicorn);
  if (serviceWindows) volumes.push(serviceWindows);
  if (spec.multiprocessVolume) {
    const name = 'multiprocess-metrics';
    const sizeLimit = k8s.Quantity.fromString(String(spec.multiprocessVolume));
    volumes.push({
      volume: { name, emptyDir: { medium: 'Memory', sizeLimit } },
      mount: { name, mountPath: MULTIPROCESS_FOLDER },
    });
  }
  return volumes;
}

function podSpec(props: WorkerDeploymentProps): k8s.PodSpec {
  const { spec } = props;
  const volumes = volumesOf(props);
  return {
    // The application does not talk to the API server, and a port a worker would flood its environment with variables.
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(spec.runAsUser),
    terminationGracePeriodSeconds: spec.gunicorn && DRAIN + spec.gunicorn.gracefulTimeout + MARGIN,
    containers: [container(props, volumes)],
    volumes: volumes.map(({ volume }) => volume),
  };
}

function container(
  { spec, gunicorn }: WorkerDeploymentProps,
  volumes: readonly MountedVolume[],
): k8s.Container {
  const env = gunicorn ? { ...spec.env, GUNICORN_CMD_ARGS: withConfig(gunicorn, spec.env) } : spec.env;
  return {
    name: spec.container,
    image: spec.image,
    imagePullPolicy: spec.imagePullPolicy,
    env: Object.entries(inOrderOfReferences(env)).map(([name, value]) => ({ name, ...envSource(value) })),
    ports: [
      { name: 'http', containerPort: spec.http.port, protocol: Protocol.TCP },
      ...spec.scraping.ports.map(({ name, number }) => ({
        name,
        containerPort: number,
        protocol: Protocol.TCP,
      })),
    ],
    ...healthProbes({ ...spec.http, workerTimeout: spec.gunicorn?.timeout }),
    lifecycle: gunicorn && { preStop: { exec: { command: ['sleep', String(DRAIN)] } } },
    resources: requirements(spec.resources),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: volumes.map(({ mount }) => mount),
  };
}

/** The user's own arguments come last: gunicorn takes the last of two. */
function withConfig({ args }: GunicornConfig, { GUNICORN_CMD_ARGS: own = '' }: WorkerAppSpec['env']): string {
  return `${args} ${String(own)}`.trim();
}

function envSource(value: EnvValue): Pick<k8s.EnvVar, 'value' | 'valueFrom'> {
  if (typeof value === 'string') return { value };
  const { key } = value;
  return 'secret' in value
    ? { valueFrom: { secretKeyRef: { name: value.secret, key } } }
    : { valueFrom: { configMapKeyRef: { name: value.configMap, key } } };
}

function percent(share: number): k8s.IntOrString {
  return k8s.IntOrString.fromString(`${share}%`);
}
