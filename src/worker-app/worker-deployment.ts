import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { envEntries } from '../kubernetes/env-entries.js';
import { SCRAPED_ELSEWHERE } from '../kubernetes/scraped-elsewhere.js';
import type { GunicornConfig } from './gunicorn/gunicorn-config.js';
import type { ServiceWindowsConfig } from './service-windows/service-windows-config.js';
import { gunicornPart } from './gunicorn/gunicorn-part.js';
import { healthProbes } from './health-probes.js';
import { containersIn } from './containers/container-entries.js';
import { migrationInWebPods } from './jobs/wait-for-migrations.js';
import { partsOfKeys } from './key.js';
import { KEYS } from './keys/index.js';
import { multiprocessVolume } from './gunicorn/multiprocess-volume.js';
import { podDeployment } from './pod-deployment.js';
import type { PodPart } from './pod-part.js';
import { portsPart } from './pod-template.js';
import type { WorkerAppSpec } from './worker-app-spec.js';
import { tmpVolume } from './volumes/tmp-volume.js';
import { applicationEnv, workerEnv } from './worker-env.js';

/** The ConfigMaps that the pods mount. */
interface Mounted {
  readonly gunicorn: GunicornConfig | undefined;
  readonly serviceWindows: ServiceWindowsConfig | undefined;
}

/**
 * Adds the Deployment of the web pods. They have a read-only file system except for /tmp.
 */
export function workerDeployment(
  scope: Construct,
  spec: WorkerAppSpec,
  { gunicorn, serviceWindows }: Mounted,
): ApiObject {
  const parts: PodPart[] = [
    { container: { env: envEntries(workerEnv(spec)) } },
    portsPart([...spec.containerPorts, ...spec.portsOfContainer]),
    healthProbes(spec),
    tmpVolume(spec),
    gunicorn ? gunicornPart(spec, gunicorn) : {},
    serviceWindows ? serviceWindows.part : {},
    multiprocessVolume(spec),
    ...partsOfKeys(KEYS, spec),
  ];
  const { name, namespace, labels, selector, replicas, sidecars } = spec;
  const { containers, part } = migrationInWebPods(spec, parts);
  const initContainers = { ...containersIn(spec.initContainers), ...containers };
  const sharedEnv = applicationEnv(spec);
  const pods = { name, namespace, labels, selector, replicas, initContainers, sidecars, sharedEnv };
  const deployment = podDeployment(scope, pods, [...parts, part]);
  if (spec.metrics === false) deployment.metadata.addAnnotation(...SCRAPED_ELSEWHERE);
  return deployment;
}
