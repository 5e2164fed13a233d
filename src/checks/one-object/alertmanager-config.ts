import { operatorObjectProblems } from '../../alertmanager/alertmanager-config-problems.js';
import { rangeProblems } from '../../alertmanager/time-range.js';
import { formatPath, valueAt } from '../../diagnostics/field-path.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { listAt, mapAt, nameOf, type Manifest } from '../../kubernetes/manifest.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';

/** Checks that the operator takes an AlertmanagerConfig; of `v1beta1` only the time ranges. */
export function checkAlertmanagerConfig(manifest: Manifest): Diagnostic[] {
  const object = nameOf(manifest);
  if (manifest['apiVersion'] !== 'monitoring.coreos.com/v1alpha1') return timeRanges(manifest);
  return operatorObjectProblems(mapAt(manifest, 'spec'), ['spec'])
    .filter(({ path }) => !isReplacedLater(valueAt(manifest, path)))
    .map(({ path, message, hint }) => ({
      severity: 'error',
      rejectedBy: 'operator',
      object,
      field: formatPath(path),
      message,
      ...(hint !== undefined && { hint }),
    }));
}

function timeRanges(manifest: Manifest): Diagnostic[] {
  const object = nameOf(manifest);
  return ['muteTimeIntervals', 'timeIntervals'].flatMap((list) =>
    listAt(manifest, 'spec', list).flatMap((named, i) =>
      listAt(named, 'timeIntervals').flatMap((interval, j) =>
        listAt(interval, 'times').flatMap((times, k) => {
          const field = `spec.${list}[${i}].timeIntervals[${j}].times[${k}]`;
          return rangeProblems(times['startTime'], times['endTime']).map(({ side, ...problem }) => ({
            severity: 'error' as const,
            rejectedBy: 'API server' as const,
            object,
            field: side === undefined ? field : `${field}.${side}Time`,
            ...problem,
          }));
        }),
      ),
    ),
  );
}
