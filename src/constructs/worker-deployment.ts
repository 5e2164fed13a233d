import { k8s, Protocol } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Quantity } from '../kubernetes/quantity.js';
import type { EnvValue } from '../worker-app/worker-app-props.js';
import type { WorkerAppSpec } from '../worker-app/worker-app-spec.js';
import { healthProbes } from './health-probes.js';

/**
 * The Deployment of a WorkerApp. Runs under Pod Security 'restricted': no root, no privileges, a read-only file system
 * but for /tmp.
 */
export class WorkerDeployment extends Construct {
  constructor(scope: Construct, id: string, spec: WorkerAppSpec) {
    super(scope, id);
    const { name, namespace, labels, selector } = spec;
    new k8s.KubeDeployment(this, 'Resource', {
      metadata: { name, namespace, labels },
      spec: {
        replicas: spec.replicas,
        revisionHistoryLimit: 10,
        selector: { matchLabels: selector },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: percent(25), maxUnavailable: percent(25) },
        },
        template: { metadata: { labels }, spec: podSpec(spec) },
      },
    });
  }
}

function podSpec(spec: WorkerAppSpec): k8s.PodSpec {
  return {
    // The application does not talk to the API server, and a port a worker would flood its environment with variables.
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: spec.runAsUser,
      runAsGroup: spec.runAsUser,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container(spec)],
    volumes: [{ name: 'tmp', emptyDir: {} }],
  };
}

function container(spec: WorkerAppSpec): k8s.Container {
  return {
    name: spec.container,
    image: spec.image,
    imagePullPolicy: spec.imagePullPolicy,
    env: Object.entries(spec.env).map(([name, value]) => ({ name, ...envSource(value) })),
    ports: [
      { name: 'http', containerPort: spec.http.port, protocol: Protocol.TCP },
      ...spec.ports.map(({ name, number }) => ({ name, containerPort: number, protocol: Protocol.TCP })),
    ],
    ...healthProbes(spec.http),
    resources: { requests: amounts(spec.resources.requests), limits: amounts(spec.resources.limits) },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    // gunicorn's heartbeat files, uploads and Python's tempfile
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}

function envSource(value: EnvValue): Pick<k8s.EnvVar, 'value' | 'valueFrom'> {
  if (typeof value === 'string') return { value };
  const { key } = value;
  return 'secret' in value
    ? { valueFrom: { secretKeyRef: { name: value.secret, key } } }
    : { valueFrom: { configMapKeyRef: { name: value.configMap, key } } };
}

function amounts(quantities: Readonly<Record<string, Quantity>>): Record<string, k8s.Quantity> | undefined {
  const entries = Object.entries(quantities).map(([name, amount]) => [
    name,
    k8s.Quantity.fromString(String(amount)),
  ]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function percent(share: number): k8s.IntOrString {
  return k8s.IntOrString.fromString(`${share}%`);
}
