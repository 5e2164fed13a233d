import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { CONTAINER_CONSTRAINTS } from '../containers/container-constraints.js';
import { containersIn, JOBS } from '../containers/container-entries.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { POD_CONSTRAINTS } from '../pod-constraints.js';
import type { PodConstraint } from '../pod-values.js';
import { ofEachEntry } from '../processes/of-each-entry.js';
import { VOLUME_CONSTRAINTS } from '../volumes/volume-constraints.js';
import type { WorkerAppProps } from '../worker-app-props.js';

/** Constraints between the keys of one job that its pods have in common with the web pods. */
const OF_PODS: readonly PodConstraint[] = [
  ...POD_CONSTRAINTS,
  ...VOLUME_CONSTRAINTS,
  ...CONTAINER_CONSTRAINTS,
];

/** The constraints of `cronJobs`. */
export const JOB_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = [
  ...ofEachEntry('cronJobs', OF_PODS),
  { reads: ['cronJobs', 'sidecars'], problems: endlessSidecars },
  { reads: ['cronJobs'], problems: restarts },
];

/** An ordinary container keeps the pod of a job running. */
function endlessSidecars(app: ResolvedWorkerApp, { cronJobs = {} }: WorkerAppProps): FieldDiagnostic[] {
  const hint = 'remove native: a sidecar that is native ends with the job (Kubernetes 1.29 or later)';
  const message = 'an ordinary container would keep the job from ending';
  const ofApplication = app.cronJobs === undefined ? {} : containersIn(app.sidecars, JOBS);
  const places = [
    ...Object.entries(ofApplication).map(([name, { native }]) => ({ path: ['sidecars', name], native })),
    ...Object.entries(cronJobs).flatMap(([job, { sidecars = {} }]) =>
      Object.entries(sidecars).map(([name, { native }]) => ({
        path: ['cronJobs', job, 'sidecars', name],
        native,
      })),
    ),
  ];
  return places
    .filter(({ native }) => native === false)
    .map(({ path }) => ({ path: [...path, 'native'], message, hint }));
}

function restarts({ cronJobs = {} }: ResolvedWorkerApp): FieldDiagnostic[] {
  return Object.entries(cronJobs).flatMap(([name, { podSpec, podFailurePolicy }]) => {
    const policy = podSpec?.restartPolicy;
    const path = ['cronJobs', name, 'podSpec', 'restartPolicy'];
    if (policy === 'Always')
      return [
        { path, message: 'the pods of a job do not restart always', hint: 'set OnFailure, or remove it' },
      ];
    if (policy === 'OnFailure' && podFailurePolicy !== undefined)
      return [{ path, message: 'podFailurePolicy needs Never', hint: 'remove it, or podFailurePolicy' }];
    return [];
  });
}
