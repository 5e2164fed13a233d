import type { PlaceOf } from '../check-manifests.js';
import type { Diagnostic, Place } from '../../diagnostics/diagnostic.js';
import { nameOf, type Manifest } from '../../kubernetes/manifest.js';

/** Adds to each diagnostic the place of its field, or of its object. */
export function withPlaces(
  diagnostics: readonly Diagnostic[],
  manifests: readonly Manifest[],
  placeOf: PlaceOf,
): Diagnostic[] {
  if (diagnostics.length === 0) return [];
  const named = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const name = nameOf(manifest);
    const others = named.get(name);
    if (others === undefined) named.set(name, [manifest]);
    else others.push(manifest);
  }
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    ...placeIn(named.get(diagnostic.object ?? '') ?? [], diagnostic.field, placeOf),
  }));
}

/** The place in the last of several objects with one name: it overwrites the others. If they are in several files, all of these. */
function placeIn(objects: readonly Manifest[], field: string | undefined, placeOf: PlaceOf): Place {
  const files = new Set(objects.length > 1 ? objects.flatMap((object) => placeOf(object)?.file ?? []) : []);
  const [file] = files;
  if (files.size > 1) return { file, files: [...files] };
  const last = objects.at(-1);
  return (last && placeOf(last, field)) ?? {};
}
