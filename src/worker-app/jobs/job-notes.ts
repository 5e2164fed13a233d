import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { neverRuns } from '../../kubernetes/cron-schedule.js';
import { unlikelyAmounts } from '../../kubernetes/unlikely-amounts.js';
import { containerNotes } from '../containers/container-notes.js';
import type { PodSpec } from '../pod-values.js';
import { secretNotes } from '../secret-notes.js';
import { restrictedNotes } from '../restricted-notes.js';
import { programNotes } from '../program-constraints.js';
import { programOfImage } from '../processes/program-of-image.js';
import { ofEntry } from '../processes/of-entry.js';
import { volumeEntryNotes } from '../volumes/volume-notes.js';
import type { WorkerAppCronJob, WorkerAppMigrate, WorkerAppProps } from '../worker-app-props.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';
import { migrateNotes } from './migrate-notes.js';

/** Warnings and notes about the cron jobs and the migration of a valid WorkerApp. */
export function jobNotes(spec: WorkerAppSpec, props: WorkerAppProps): FieldDiagnostic[] {
  const { cronJobs = {}, migrate } = spec;
  return [
    ...Object.entries(cronJobs).flatMap(([name, job]) => [
      ...notesOf(spec, ['cronJobs', name], job, props.cronJobs?.[name] ?? {}),
      ...neverRun(job.schedule, ['cronJobs', name, 'schedule']),
    ]),
    ...(migrate === undefined ? [] : notesOf(spec, ['migrate'], migrate, props.migrate ?? {})),
    ...migrateNotes(spec, props),
  ];
}

function neverRun(schedule: string, path: FieldPath): FieldDiagnostic[] {
  const reason = neverRuns(schedule);
  return reason === undefined ? [] : [{ severity: 'warning', path, message: `it never runs: ${reason}` }];
}

function notesOf(
  app: WorkerAppSpec,
  place: FieldPath,
  spec: PodSpec,
  own: Partial<WorkerAppCronJob | WorkerAppMigrate>,
): FieldDiagnostic[] {
  return [
    ...ofEntry(place, own, [
      ...unlikelyAmounts(own.resources),
      ...secretNotes(own.env),
      ...restrictedNotes(spec, own, app),
      ...volumeEntryNotes(spec),
      ...containerNotes(spec, []),
      ...programNotes(spec),
    ]),
    ...programOfImage(place, own, 'does not end'),
  ];
}
