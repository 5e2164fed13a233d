import { Draft } from './draft.js';
import { carryAccount } from './carry/carry-account.js';
import { carryContainers } from './carry/carry-containers.js';
import { carryEnv } from './carry/carry-env.js';
import { carryHttpRoute } from './carry/carry-http-route.js';
import { carryIngress } from './carry/carry-ingress.js';
import { carryLabels, carryPodLabels } from './carry/carry-labels.js';
import { carryMetrics } from './carry/carry-metrics.js';
import { carryMigrate } from './carry/carry-migrate.js';
import { carryImage, carryNames } from './carry/carry-names.js';
import { carryOthers } from './carry/carry-others.js';
import { carryPods } from './carry/carry-pods.js';
import { carryPorts } from './carry/carry-ports.js';
import { carryLifecycle, carryProbes } from './carry/carry-probes.js';
import { carryResources } from './carry/carry-resources.js';
import { carryScale } from './carry/carry-scale.js';
import { carrySecurity } from './carry/carry-security.js';
import { carryService } from './carry/carry-service.js';
import { carryVolumes } from './carry/carry-volumes.js';
import { carryWorkers } from './carry/carry-workers.js';
import { carryCronJobs, carryProcesses } from './carry/carry-processes.js';
import type { ImportFacts } from './facts.js';
import type { ReleaseObject } from './release-object.js';
import type { Release } from './release.js';

/**
 * Makes the values of a WorkerApp from the objects of a release. They are not checked yet.
 *
 * @param kept objects that stay in `objects`
 */
export function convert(release: Release, facts: ImportFacts, kept: ReadonlySet<ReleaseObject>): Draft {
  const draft = new Draft();
  for (const carry of IN_ORDER) carry({ release, facts, draft, kept });
  return draft;
}

/** Probes need the ports; labels need the metrics; processes, jobs and the migration need what they inherit. */
const IN_ORDER = [
  carryNames,
  carryImage,
  carryWorkers,
  carryAccount,
  carrySecurity,
  carryPorts,
  carryProbes,
  carryService,
  carryIngress,
  carryHttpRoute,
  carryScale,
  carryMetrics,
  carryLabels,
  carryPodLabels,
  carryEnv,
  carryPods,
  carryLifecycle,
  carryResources,
  carryVolumes,
  carryContainers,
  carryProcesses,
  carryCronJobs,
  carryMigrate,
  carryOthers,
];
