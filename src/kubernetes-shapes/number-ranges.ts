import { expected } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import type { ShapeSchema } from './shapes.js';

const MIN_INT32 = -(2 ** 31);
const MAX_INT32 = 2 ** 31 - 1;

/** Fields of 64 bits. All other whole numbers of Kubernetes' shapes have 32. */
const LONG = new Set<unknown>([
  'activeDeadlineSeconds',
  'expirationSeconds',
  'seconds',
  'startingDeadlineSeconds',
  'terminationGracePeriodSeconds',
  'tolerationSeconds',
]);

/** Fields that are never negative. */
const FROM_ZERO = new Set<unknown>([
  'activeDeadlineSeconds',
  'backoffLimit',
  'completions',
  'defaultMode',
  'failedJobsHistoryLimit',
  'failureThreshold',
  'fsGroup',
  'initialDelaySeconds',
  'minReadySeconds',
  'mode',
  'parallelism',
  'periodSeconds',
  'progressDeadlineSeconds',
  'replicas',
  'revisionHistoryLimit',
  'runAsGroup',
  'runAsUser',
  'stabilizationWindowSeconds',
  'start',
  'startingDeadlineSeconds',
  'successThreshold',
  'successfulJobsHistoryLimit',
  'timeoutSeconds',
  'ttlSecondsAfterFinished',
]);

/**
 * A number that the API server refuses as too large or negative. It has other limits for some fields.
 * @param around the shape that has the field
 */
export function rangeDiagnostics(around: ShapeSchema, value: number, path: FieldPath): FieldDiagnostic[] {
  const field = path.at(-1);
  const isFromZero = FROM_ZERO.has(field) && !mayBeNegative(around, field);
  const isOutside = (value < MIN_INT32 || value > MAX_INT32) && !LONG.has(field);
  if (!Number.isInteger(value) || !(isOutside || (isFromZero && value < 0))) return [];
  const most = LONG.has(field) ? '' : ` to ${MAX_INT32}`;
  return [{ path, message: expected(`a whole number from ${isFromZero ? 0 : MIN_INT32}${most}`, value) }];
}

/** The API server accepts any limit in a StatefulSet. */
function mayBeNegative({ $ref }: ShapeSchema, field: unknown): boolean {
  return field === 'revisionHistoryLimit' && $ref === '#/definitions/StatefulSetSpec';
}
