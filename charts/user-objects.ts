import { checkManifests } from '../src/checks/check-manifests.js';
import { type Diagnostic, formatDiagnostic } from '../src/diagnostics/diagnostic.js';
import { nameOf, type Manifest } from '../src/kubernetes/manifest.js';
import type { FieldPath } from '../src/diagnostics/field-path.js';
import type { UserObjects } from '../src/user-objects/user-objects.js';
import { withoutMigrationHashes } from '../src/worker-app/jobs/migration-job.js';
import type { Values } from '../src/values/parse-values.js';
import type { PlacesInValues } from './places-in-values.js';

// Diagnostics about the user's objects and patches, at their places in the values files.

/** Diagnostics about the objects and patches of one document. */
export function userDiagnostics({ source }: Values, user: UserObjects | undefined): Diagnostic[] {
  return (user?.diagnostics ?? []).map((found) => source.placed(found));
}

/** The patches of one document that have found no target in any environment so far. */
export class PatchTargets {
  private of: object | undefined;
  private readonly missing = new Map<string, Diagnostic>();
  private readonly found = new Set<string>();

  /** @returns errors, once the last environment of the document has been added */
  add({ source }: Values, user: UserObjects | undefined, next: Values | undefined): Diagnostic[] {
    if (this.of !== source.document) {
      this.of = source.document;
      this.missing.clear();
      this.found.clear();
    }
    const missing = new Map(user?.withoutTarget.map((diagnostic) => [diagnostic.path[1], diagnostic]));
    for (const i of user?.patches.keys() ?? []) {
      const diagnostic = missing.get(i);
      const { field } = source.placeOf(['patches', i]);
      if (diagnostic === undefined) this.found.add(field);
      else this.missing.set(field, source.placed(diagnostic));
    }
    const isLast = next?.source.document !== source.document;
    if (!isLast || !source.document.isWhole) return [];
    return [...this.missing].filter(([field]) => !this.found.has(field)).map(([, diagnostic]) => diagnostic);
  }
}

/**
 * Moves diagnostics to the place in the values file where the user causes them. With a patch that cannot be applied, the
 * objects are not what the user means: there are no diagnostics.
 */
export function causedByUser(
  diagnostics: readonly Diagnostic[],
  values: Values,
  user: UserObjects | undefined,
  places: PlacesInValues,
): readonly Diagnostic[] {
  if (user === undefined || diagnostics.length === 0) return diagnostics;
  if (user.diagnostics.some(({ severity = 'error' }) => severity === 'error')) return [];
  const before = user.additions.map(
    (_, count) => new Set(checkManifests(user.manifestsWith(count)).map(textOf)),
  );
  return diagnostics.map((diagnostic) => {
    const cause = user.additions[before.findLastIndex((found) => !found.has(textOf(diagnostic)))];
    if (cause === undefined) return diagnostic;
    const [key, i] = cause;
    const place =
      key === 'objects'
        ? causeBeside(user.objects[Number(i)]?.toJson() as Manifest, cause, diagnostic, values, places)
        : places.within(cause, diagnostic, values);
    const { field, ...at } = values.source.placeOf(place);
    const hint = [diagnostic.hint, `caused by ${field}`].filter(Boolean).join('; ');
    return { ...diagnostic, ...at, hint };
  });
}

/** The cause of a diagnostic that an object of the user brings. @param path of the object */
function causeBeside(
  object: Manifest,
  path: FieldPath,
  diagnostic: Diagnostic,
  values: Values,
  places: PlacesInValues,
): FieldPath {
  const name = nameOf(object);
  if (name === diagnostic.object) return places.within(path, diagnostic, values);
  // An object that disturbs another one is the cause as a whole.
  return name === diagnostic.refersTo ? places.reference(path, object, diagnostic, values) : path;
}

/** A diagnostic as text. A patch is applied before the name of a migration ends in its hash. */
function textOf(diagnostic: Diagnostic): string {
  return withoutMigrationHashes(formatDiagnostic(diagnostic));
}

/** Adds the place to an error about an object that another document has, too, if the object is one of `objects`. */
export function ofUserObject(
  error: Diagnostic,
  { source }: Values,
  user: UserObjects | undefined,
): Diagnostic {
  const i = user?.objects.findIndex((object) => nameOf(object.toJson() as Manifest) === error.object) ?? -1;
  if (i === -1) return error;
  const path = ['objects', i];
  const { field: _, ...place } = source.placeOf(path);
  const hint = source.isInherited(path) ? 'write it in the file of one application' : error.hint;
  return { ...error, ...place, hint };
}
