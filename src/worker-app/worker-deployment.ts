import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { envEntries } from '../kubernetes/env-entries.js';
import { SCRAPED_ELSEWHERE } from '../kubernetes/scraped-elsewhere.js';
import type { GunicornConfig } from './gunicorn/gunicorn-config.js';
import type { ServiceWindowsConfig } from './service-windows/service-windows-config.js';
import { gunicornPart } from './gunicorn/gunicorn-part.js';
import { healthProbes } from './health-probes.js';
import { partsOfKeys } from './key.js';
import { KEYS } from './keys/index.js';
import { multiprocessVolume } from './gunicorn/multiprocess-volume.js';
import { podDeployment } from './pod-deployment.js';
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
  const deployment = podDeployment(scope, { ...spec, sharedEnv: applicationEnv(spec) }, [
    { container: { env: envEntries(workerEnv(spec)) } },
    portsPart([...spec.containerPorts, ...spec.portsOfContainer]),
    healthProbes(spec),
    tmpVolume(spec),
    gunicorn ? gunicornPart(spec, gunicorn) : {},
    serviceWindows ? serviceWindows.part : {},
    multiprocessVolume(spec),
    ...partsOfKeys(KEYS, spec),
  ]);
  if (spec.metrics === false) deployment.metadata.addAnnotation(...SCRAPED_ELSEWHERE);
  return deployment;
}
