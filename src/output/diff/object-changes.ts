import { isDeepStrictEqual } from 'node:util';
import { identity } from '../../kubernetes/identity.js';
import { nameOf, type Manifest } from '../../kubernetes/manifest.js';
import type { ChangeWarning } from './change-warning.js';
import { consequences } from './consequences.js';
import { lostByMerging } from './merged-lists.js';
import { scaledToOne } from './scaled-to-one.js';
import { fieldChanges, type FieldChange } from './field-changes.js';
import { withoutSecretValues } from './secret-values.js';

/** One object that differs between two sets of manifests. */
export interface ObjectChange {
  /** `Deployment shop/web` */
  readonly object: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Fields that differ; empty for an object that is added or removed. */
  readonly fields: readonly FieldChange[];
  /** Consequences to know before applying the change. */
  readonly warnings: readonly ChangeWarning[];
}

/** Returns the warnings for a removed object. */
export type WarnOfRemoval = (removed: Manifest) => readonly ChangeWarning[];

/** The objects that differ, in the order of the manifests. */
export function objectChanges(
  before: readonly Manifest[],
  after: readonly Manifest[],
  warnOfRemoval: WarnOfRemoval = () => [],
): ObjectChange[] {
  const [old, young] = [byIdentity(before), byIdentity(after)];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((key) =>
    objectChange(old.get(key), young.get(key), warnOfRemoval),
  );
}

function objectChange(
  before: Manifest | undefined,
  after: Manifest | undefined,
  warnOfRemoval: WarnOfRemoval,
): ObjectChange[] {
  if (after === undefined) {
    if (before === undefined) return [];
    return [{ object: nameOf(before), change: 'removed', fields: [], warnings: warnOfRemoval(before) }];
  }
  if (before === undefined) return [{ object: nameOf(after), change: 'added', fields: [], warnings: [] }];
  if (isDeepStrictEqual(before, after)) return [];
  const fields = fieldChanges(before, after);
  const warnings = [
    ...consequences(before, after, fields),
    ...lostByMerging(before, after),
    ...scaledToOne(before, after),
  ];
  return [{ object: nameOf(after), change: 'changed', fields: withoutSecretValues(after, fields), warnings }];
}

function byIdentity(manifests: readonly Manifest[]): Map<string, Manifest> {
  return new Map(manifests.map((manifest) => [identity(manifest) ?? '', manifest]));
}
