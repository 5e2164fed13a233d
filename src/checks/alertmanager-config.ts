import { AlertmanagerConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig';
import { rangeProblems } from '../alertmanager/time-range.js';
import type { Finding } from './finding.js';
import { listAt, nameOf, type Manifest } from './manifest.js';
import { unknownFieldFindings } from './operator-schema.js';

/** An AlertmanagerConfig has fields that the operator knows, and ranges of times that begin before they end. */
export function checkAlertmanagerConfig(manifest: Manifest): Finding[] {
  if (manifest['kind'] !== 'AlertmanagerConfig') return [];
  const isModelled = manifest['apiVersion'] === AlertmanagerConfig.apiVersion;
  return [...(isModelled ? unknownFieldFindings(manifest, AlertmanagerConfig) : []), ...timeRanges(manifest)];
}

function timeRanges(manifest: Manifest): Finding[] {
  const object = nameOf(manifest);
  return ['muteTimeIntervals', 'timeIntervals'].flatMap((list) =>
    listAt(manifest, 'spec', list).flatMap((named, i) =>
      listAt(named, 'timeIntervals').flatMap((interval, j) =>
        listAt(interval, 'times').flatMap((times, k) => {
          const field = `spec.${list}[${i}].timeIntervals[${j}].times[${k}]`;
          return rangeProblems(times['startTime'], times['endTime']).map(({ side, message }) => ({
            severity: 'error' as const,
            rejectedBy: 'API server' as const,
            object,
            field: side === undefined ? field : `${field}.${side}Time`,
            message,
          }));
        }),
      ),
    ),
  );
}
