import { textAt, type Manifest } from '../../kubernetes/manifest.js';
import type { ChangeWarning } from './change-warning.js';
import { formatFieldPath, type FieldChange } from './field-changes.js';
import { refusals } from './refusals.js';
import { staysHeadless } from './service-refusals.js';

const ROLLS_PODS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Consequences to know before applying the changes. */
export function consequences(
  before: Manifest,
  after: Manifest,
  changes: readonly FieldChange[],
): ChangeWarning[] {
  const rolls =
    ROLLS_PODS.has(textAt(before, 'kind') ?? '') &&
    changes.some(({ path }) => /^spec\.template\b/.test(formatFieldPath(path)));
  return [
    ...refusals(before, after, changes),
    ...(staysHeadless(before, after)
      ? [
          {
            effect: 'kept' as const,
            message: 'the API server keeps spec.clusterIP: None',
            hint: 'delete the Service first',
          },
        ]
      : []),
    ...(rolls ? [{ effect: 'rolls' as const, message: 'the pods are replaced' }] : []),
  ];
}
