import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { identity, isScoped } from '../kubernetes/identity.js';
import { nameOf, type Manifest } from '../kubernetes/manifest.js';

/** Reports objects with the same identity: in the API server, the last one overwrites the others. */
export function checkDuplicates(manifests: readonly Manifest[]): Diagnostic[] {
  const counts = new Map<string, number>();
  return manifests.flatMap((manifest): Diagnostic[] => {
    const key = identity(manifest);
    if (key === undefined) return [];
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count !== 2) return []; // report each group once
    const where = isScoped(manifest) ? 'kind and name' : 'kind, namespace and name';
    const message = `another object has the same ${where}; one overwrites the other`;
    return [{ severity: 'warning', object: nameOf(manifest), message }];
  });
}

/** Returns the objects that remain after all are applied in order: the last of each identity. */
export function withoutOverwritten(manifests: readonly Manifest[]): Manifest[] {
  const last = new Map(manifests.map((manifest) => [identity(manifest) ?? manifest, manifest]));
  const remaining = new Set(last.values());
  return manifests.filter((manifest) => remaining.has(manifest));
}
