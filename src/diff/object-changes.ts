import { isDeepStrictEqual } from 'node:util';
import { nameOf, namespaceOf, textAt, type Manifest } from '../checks/manifest.js';
import { consequences } from './consequences.js';
import { lostByMerging } from './merged-lists.js';
import { fieldChanges, type FieldChange } from './field-changes.js';

/** One object that differs between two sets of manifests. */
export interface ObjectChange {
  /** `Deployment shop/web` */
  readonly object: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** What differs; nothing for an object that is added or removed as a whole. */
  readonly fields: readonly FieldChange[];
  /** What an operator should know before this is applied. */
  readonly warnings: readonly string[];
}

/** The objects that differ, in the order in which they stand. */
export function objectChanges(before: readonly Manifest[], after: readonly Manifest[]): ObjectChange[] {
  const [old, young] = [byIdentity(before), byIdentity(after)];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((identity) =>
    objectChange(old.get(identity), young.get(identity)),
  );
}

function objectChange(before: Manifest | undefined, after: Manifest | undefined): ObjectChange[] {
  if (before === undefined || after === undefined) {
    const [change, object] =
      before === undefined ? (['added', after] as const) : (['removed', before] as const);
    return object === undefined ? [] : [{ object: nameOf(object), change, fields: [], warnings: [] }];
  }
  if (isDeepStrictEqual(before, after)) return [];
  const fields = fieldChanges(before, after);
  const warnings = [...consequences(before, fields), ...lostByMerging(before, after)];
  return [{ object: nameOf(after), change: 'changed', fields, warnings }];
}

function byIdentity(manifests: readonly Manifest[]): Map<string, Manifest> {
  return new Map(
    manifests.map((manifest) => {
      const group = (textAt(manifest, 'apiVersion') ?? '').split('/').slice(0, -1).join();
      const name = textAt(manifest, 'metadata', 'name');
      return [[group, textAt(manifest, 'kind'), namespaceOf(manifest), name].join('\n'), manifest];
    }),
  );
}
