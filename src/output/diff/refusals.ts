import { at, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { Quantity, QUANTITY } from '../../kubernetes/quantity.js';
import { matches } from '../../kubernetes/text-formats.js';
import type { ChangeWarning } from './change-warning.js';
import { formatFieldPath, type FieldChange } from './field-changes.js';
import { DEFAULTS, fixedFields, type FixedFields } from './fixed-fields.js';
import { serviceRefusals } from './service-refusals.js';
import { strategyRefusals } from './strategy-refusals.js';

/**
 * Warns about changes that the API server refuses. `test/output/diff/judged-changes.ts` has its judgements.
 * @param changes the fields that differ
 */
export function refusals(
  before: Manifest,
  after: Manifest,
  changes: readonly FieldChange[],
): ChangeWarning[] {
  const fixed = fixedFields(before, after);
  const fields = [...changes.flatMap((change) => fixedPart(fixed, change)), ...smallerClaim(before, after)];
  return [
    ...[...new Set(fields)].map((field) => refused(before, `the API server refuses to change ${field}`)),
    ...(isOtherHistory(before, after)
      ? [refused(before, 'Kubernetes 1.31 and older refuse to change spec.revisionHistoryLimit')]
      : []),
    ...serviceRefusals(before, after).map((message) => refused(before, message)),
    ...strategyRefusals(before, after),
  ];
}

function refused(before: Manifest, message: string): ChangeWarning {
  const kind = textAt(before, 'kind') ?? '';
  const keep = Object.hasOwn(KEEP, kind) ? KEEP[kind] : '';
  return { effect: 'refused', message, hint: `delete the ${kind} first${keep}` };
}

const ORPHAN = ' (kubectl delete --cascade=orphan leaves its pods running)';

const KEEP: Readonly<Record<string, string>> = {
  Deployment: ORPHAN,
  StatefulSet: ORPHAN,
  DaemonSet: ORPHAN,
  ReplicaSet: ORPHAN,
  PersistentVolumeClaim: ', and its data with it: copy them before',
};

/** The fixed part of the object that contains the changed field. */
function fixedPart({ paths, except = [] }: FixedFields, change: FieldChange): string[] {
  const field = formatFieldPath(change.path).replaceAll(/\[[^\]]*\]/g, '[]');
  if (except.some((path) => isWithin(field, path)) || isSame(field, change)) return [];
  const found = paths.filter((path) => isWithin(field, path));
  return found.map((path) => (path === 'spec' ? (/^spec\.[^.[]+/.exec(field)?.[0] ?? path) : path));
}

function isWithin(field: string, path: string): boolean {
  return field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`);
}

/** Whether both values are equal for the API server, which fills in defaults and rewrites quantities. */
function isSame(field: string, change: FieldChange): boolean {
  const silence = Object.hasOwn(DEFAULTS, field) ? DEFAULTS[field] : undefined;
  const [before = silence, after = silence] = [change.before, change.after];
  const [one, other] = [amount(before), amount(after)];
  return before === after ? change.order !== true : one !== undefined && one === other;
}

/** A bound claim may grow, if its StorageClass allows it. */
function smallerClaim(before: Manifest, after: Manifest): string[] {
  const path = ['spec', 'resources', 'requests', 'storage'];
  const [old, young] = [amount(at(before, ...path)), amount(at(after, ...path))];
  const isClaim = before['kind'] === 'PersistentVolumeClaim';
  return isClaim && old !== undefined && young !== undefined && young < old ? [path.join('.')] : [];
}

function isOtherHistory(before: Manifest, after: Manifest): boolean {
  const [old = 10, young = 10] = [before, after].map((one) => at(one, 'spec', 'revisionHistoryLimit'));
  return before['kind'] === 'StatefulSet' && old !== young;
}

function amount(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && matches(QUANTITY, text) ? Quantity.parse(text).value : undefined;
}
