import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { fractionalBytes } from '../../kubernetes/fractional-bytes.js';
import { containerNotes } from '../containers/container-notes.js';
import { restrictedNotes } from '../restricted-notes.js';
import { ofEntry } from '../processes/of-entry.js';
import { volumeEntryNotes } from '../volumes/volume-notes.js';
import type { WorkerAppCronJob, WorkerAppProps } from '../worker-app-props.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';

/** Warnings and notes about the cron jobs of a valid WorkerApp. */
export function jobNotes(
  { cronJobs = {} }: WorkerAppSpec,
  { cronJobs: given = {} }: WorkerAppProps,
): FieldDiagnostic[] {
  return Object.entries(cronJobs).flatMap(([name, spec]) => {
    const own: Partial<WorkerAppCronJob> = given[name] ?? {};
    return ofEntry(['cronJobs', name], own, [
      ...fractionalBytes(own.resources),
      ...restrictedNotes(spec, own),
      ...volumeEntryNotes(spec),
      ...containerNotes(spec, []),
    ]);
  });
}
