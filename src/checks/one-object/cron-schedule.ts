import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { hasTimeZone, scheduleFault } from '../../kubernetes/cron-schedule.js';
import { at, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';

/** Checks that the API server accepts the schedule of a CronJob. Others than Kubernetes' own may have other rules. */
export function checkCronSchedule(manifest: Manifest): Diagnostic[] {
  if (textAt(manifest, 'apiVersion')?.startsWith('batch/') !== true) return [];
  const schedule = textAt(manifest, 'spec', 'schedule');
  if (schedule === undefined || isReplacedLater(schedule)) return [];
  const fault = scheduleFault(schedule);
  if (fault === undefined) return [];
  const diagnostics = new ObjectDiagnostics(manifest);
  // Kubernetes before 1.29 accepts it, and later versions in a CronJob that has one already.
  const isOld = hasTimeZone(schedule) && (at(manifest, 'spec', 'timeZone') ?? undefined) === undefined;
  diagnostics[isOld ? 'unwise' : 'refused']('spec.schedule', fault.message, fault.hint);
  return diagnostics.all;
}
