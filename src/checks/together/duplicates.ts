import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { isScoped } from '../../kubernetes/identity.js';
import { nameOf } from '../../kubernetes/manifest.js';
import type { CheckedObject } from '../cluster/checked-object.js';

type Identified = Pick<CheckedObject, 'manifest' | 'identity'>;

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

/** Returns the objects that remain after all are applied in order: the last of each identity. */
export function withoutOverwritten<One extends Identified>(objects: readonly One[]): readonly One[] {
  const last = new Map(objects.map((object) => [object.identity ?? object, object]));
  return last.size === objects.length
    ? objects
    : objects.filter((object) => last.get(object.identity ?? object) === object);
}
