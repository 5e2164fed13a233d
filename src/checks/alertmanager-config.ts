import { rangeProblems } from '../alertmanager/time-range.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { listAt, nameOf, type Manifest } from '../kubernetes/manifest.js';

/** Checks that each time range of an AlertmanagerConfig starts before it ends. */
export function checkAlertmanagerConfig(manifest: Manifest): Diagnostic[] {
  if (manifest['kind'] !== 'AlertmanagerConfig') return [];
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
