import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { isScoped } from '../../kubernetes/identity.js';
import { nameOf } from '../../kubernetes/manifest.js';
import type { Identified } from '../cluster/overwritten.js';

/** Reports objects with the same identity: in the API server, the last one overwrites the others. */
export function checkDuplicates(objects: readonly Identified[]): Diagnostic[] {
  const counts = new Map<string, number>();
  return objects.flatMap(({ manifest, identity }): Diagnostic[] => {
    if (identity === undefined) return [];
    const count = (counts.get(identity) ?? 0) + 1;
    counts.set(identity, count);
    if (count !== 2) return []; // report each group once
    const where = isScoped(manifest) ? 'kind and name' : 'kind, namespace and name';
    const message = `another object has the same ${where}; one overwrites the other`;
    return [{ severity: 'warning', object: nameOf(manifest), message }];
  });
}
