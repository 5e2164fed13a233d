import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { unlikelyAmounts } from '../../kubernetes/unlikely-amounts.js';
import { hasReadOnlyRoot } from '../../kubernetes/restricted-pod.js';
import { containerNotes } from '../containers/container-notes.js';
import { programNotes } from '../program-constraints.js';
import { secretNotes } from '../secret-notes.js';
import { restrictedNotes } from '../restricted-notes.js';
import { autoscalingNotes } from '../scale/autoscaling-notes.js';
import { volumeNotes } from '../volumes/volume-notes.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';
import { beatOf } from './celery-beat.js';
import { ofEntry } from './of-entry.js';
import { programOfImage } from './program-of-image.js';
import type { ProcessSpec } from './process-spec.js';

/** Warnings and notes about the processes of a valid WorkerApp. */
export function processNotes(
  app: WorkerAppSpec,
  { processes: given = {} }: WorkerAppProps,
): FieldDiagnostic[] {
  return Object.entries(app.processes ?? {}).flatMap(([name, spec]) => {
    const own = given[name] ?? {};
    const place = ['processes', name];
    const notes = ofEntry(place, own, [
      ...unlikelyAmounts(own.resources),
      ...secretNotes(own.env),
      ...restrictedNotes(spec, own, app),
      ...autoscalingNotes(spec),
      ...volumeNotes(spec),
      ...containerNotes(spec, spec.endpoints.container),
      ...beatNotes(spec),
      ...programNotes(spec),
    ]);
    return [...notes, ...programOfImage(place, own, 'is one more web server')];
  });
}

/** Celery beat that may run twice in a rollout, or that cannot write its file. */
function beatNotes(spec: ProcessSpec): FieldDiagnostic[] {
  const beat = beatOf(spec);
  if (beat === undefined) return [];
  const path = [spec.command === undefined ? 'args' : 'command'];
  const notes: FieldDiagnostic[] = [];
  if (spec.strategy.type !== 'Recreate')
    notes.push({
      severity: 'warning',
      path: ['strategy'],
      message: 'a rollout may run two Celery beats at the same time, and each sends every task',
      hint: 'remove it: the default for a beat is Recreate',
    });
  const isReadOnly = hasReadOnlyRoot(spec.containerSecurityContext);
  if (beat.scheduler === undefined && beat.schedule === undefined && isReadOnly)
    notes.push({
      severity: 'warning',
      path,
      message:
        'Celery beat writes the times of the last runs to its working folder, which is read-only, unless the application sets beat_scheduler or beat_schedule_filename',
      hint: 'add --schedule=/tmp/celerybeat-schedule, or a path in a volume that is kept',
    });
  return notes;
}
