import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { envEntries } from '../kubernetes/env-entries.js';
import type { GunicornConfig } from './gunicorn/gunicorn-config.js';
import { requirements } from '../kubernetes/resources.js';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../kubernetes/restricted-pod.js';
import type { ServiceWindowsConfig } from './service-windows/service-windows-config.js';
import { podContainers } from './containers/pod-containers.js';
import { gunicornPart } from './gunicorn/gunicorn-part.js';
import { healthProbes } from './health-probes.js';
import { partsOfKeys } from './key.js';
import { KEYS } from './keys/index.js';
import { multiprocessVolume } from './gunicorn/multiprocess-volume.js';
import { mergeParts, type PodPart } from './pod-part.js';
import type { WorkerAppSpec } from './worker-app-spec.js';
import { tmpVolume } from './volumes/tmp-volume.js';
import { workerEnv } from './worker-env.js';

/** The ConfigMaps that the pods mount. */
interface Mounted {
  readonly gunicorn: GunicornConfig | undefined;
  readonly serviceWindows: ServiceWindowsConfig | undefined;
}

/**
 * Adds the Deployment of a WorkerApp. Its pods pass Pod Security 'restricted': no root, no privileges, and a read-only file
 * system except for /tmp.
 */
export function workerDeployment(scope: Construct, spec: WorkerAppSpec, mounted: Mounted): ApiObject {
  const { name, namespace, labels, selector, replicas, strategy } = spec;
  const { deployment, ...pods } = mergeParts([
    { deployment: { revisionHistoryLimit: 10, strategy } },
    ...podParts(spec, mounted),
  ]);
  return new ApiObject(scope, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      replicas: replicas ?? undefined,
      selector: { matchLabels: selector },
      ...deployment,
      template: podTemplate(spec, pods),
    },
  });
}

function podParts(spec: WorkerAppSpec, { gunicorn, serviceWindows }: Mounted): PodPart[] {
  return [
    RESTRICTED,
    {
      container: {
        env: envEntries(workerEnv(spec)),
        resources: requirements(spec.resources),
      },
    },
    ports(spec),
    healthProbes(spec),
    tmpVolume(spec),
    gunicorn ? gunicornPart(spec, gunicorn) : {},
    serviceWindows ? serviceWindows.part : {},
    multiprocessVolume(spec),
    ...partsOfKeys(KEYS, spec),
  ];
}

function podTemplate(
  spec: WorkerAppSpec,
  { pod, container, podAnnotations, podLabels, volumes }: Omit<Required<PodPart>, 'deployment'>,
): object {
  return {
    metadata: {
      labels: { ...spec.labels, ...spec.selector, ...podLabels },
      annotations: Object.keys(podAnnotations).length > 0 ? podAnnotations : undefined,
    },
    spec: {
      ...pod,
      ...podContainers(spec, { ...container, volumeMounts: volumes.flatMap(({ mounts }) => mounts) }),
      volumes: volumes.map(({ volume }) => volume),
    },
  };
}

/** Pod Security 'restricted'; also no API token, and no environment variables for Services. */
const RESTRICTED: PodPart = {
  pod: { automountServiceAccountToken: false, enableServiceLinks: false, securityContext: RESTRICTED_POD },
  container: { securityContext: RESTRICTED_CONTAINER },
};

function ports({ containerPorts, ports: metricsPorts }: WorkerAppSpec): PodPart {
  const ports = [...containerPorts, ...metricsPorts];
  return {
    container: {
      ports: ports.map(({ name, number }) => ({ name, containerPort: number, protocol: 'TCP' })),
    },
  };
}
