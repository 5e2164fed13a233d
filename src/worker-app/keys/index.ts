import type { ResolvedKeys } from '../../schema/key.js';
import { objects, patchesKey } from '../../user-objects/user-objects-keys.js';
import { cronJobs } from '../jobs/cron-jobs-key.js';
import { migrate } from '../jobs/migrate-key.js';
import { processes } from '../processes/processes-key.js';
import { APPLICATION_KEYS } from './application-keys.js';

const patches = patchesKey('Deployment', 'web');

// A name for the many types of the keys: declarations cannot contain them.
export type WorkerAppKeys = typeof APPLICATION_KEYS & {
  readonly processes: typeof processes;
  readonly cronJobs: typeof cronJobs;
  readonly migrate: typeof migrate;
  readonly objects: typeof objects;
  readonly patches: typeof patches;
};

/** Every key of a WorkerApp, in the order of the documentation. A default may depend on earlier keys. */
export const KEYS: WorkerAppKeys = {
  ...APPLICATION_KEYS,
  processes,
  cronJobs,
  migrate,
  objects,
  patches,
};

/** A WorkerApp with every default filled in. */
export type ResolvedWorkerApp = ResolvedKeys<WorkerAppKeys>;
