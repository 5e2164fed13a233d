import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { CONTAINER_CONSTRAINTS } from '../containers/container-constraints.js';
import { containersIn, JOBS } from '../containers/container-entries.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { POD_CONSTRAINTS } from '../pod-constraints.js';
import type { PodConstraint, PodValues } from '../pod-values.js';
import { PROGRAM_CONSTRAINTS } from '../program-constraints.js';
import { COMPUTED_VARIABLE_CONSTRAINTS } from '../processes/computed-variables.js';
import { ofEachEntry } from '../processes/of-each-entry.js';
import { VOLUME_CONSTRAINTS } from '../volumes/volume-constraints.js';
import type { ResolvedCronJob } from './cron-jobs-key.js';

/** Constraints between the keys of one job that its pods have in common with the web pods. */
const OF_PODS: readonly PodConstraint[] = [
  ...POD_CONSTRAINTS,
  ...PROGRAM_CONSTRAINTS,
  ...VOLUME_CONSTRAINTS,
  ...CONTAINER_CONSTRAINTS,
  ...COMPUTED_VARIABLE_CONSTRAINTS,
];

type Job = Pick<ResolvedCronJob, 'podSpec' | 'podFailurePolicy' | 'sidecars'>;

/** Constraints between the keys of one job. */
const OF_JOB: readonly Constraint<Job & PodValues>[] = [
  ...OF_PODS,
  { reads: [], problems: endlessSidecars },
  { reads: [], problems: restarts },
];

/** The constraints of `cronJobs` and `migrate`. */
export const JOB_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  ...ofEachEntry('cronJobs', OF_JOB),
  ...ofEachEntry('migrate', OF_JOB),
  { reads: ['cronJobs', 'migrate', 'sidecars'], problems: endlessSidecarsOfApplication },
];

/** An ordinary container keeps the pod of a job running. */
function endlessSidecars({ sidecars = {} }: Pick<Job, 'sidecars'>): FieldDiagnostic[] {
  return Object.entries(sidecars)
    .filter(([, { native }]) => native === false)
    .map(([name]) => ({
      path: ['sidecars', name, 'native'],
      message: 'an ordinary container would keep the job from ending',
      hint: 'remove native: a sidecar that is native ends with the job (Kubernetes 1.29 or later)',
    }));
}

function endlessSidecarsOfApplication({ cronJobs, migrate, sidecars }: ResolvedWorkerApp): FieldDiagnostic[] {
  const hasJobs = cronJobs !== undefined || migrate?.run === 'job';
  return hasJobs ? endlessSidecars({ sidecars: containersIn(sidecars, JOBS) }) : [];
}

function restarts({ podSpec, podFailurePolicy }: Job): FieldDiagnostic[] {
  const policy = podSpec?.restartPolicy;
  const path = ['podSpec', 'restartPolicy'];
  if (policy === 'Always')
    return [
      { path, message: 'the pods of a job do not restart always', hint: 'set OnFailure, or remove it' },
    ];
  if (policy === 'OnFailure' && podFailurePolicy !== undefined)
    return [{ path, message: 'podFailurePolicy needs Never', hint: 'remove it, or podFailurePolicy' }];
  return [];
}
