import { JsonPatch, type ApiObject } from 'cdk8s';
import type { Manifest } from '../kubernetes/manifest.js';

/**
 * Changes the manifest of an object, after everything that was set and patched before. JSON patches that are added later
 * are applied after the change.
 */
export function changeObject(object: ApiObject, change: (manifest: Manifest) => Manifest): void {
  const before = object.toJson.bind(object);
  const later: JsonPatch[] = [];
  object.addJsonPatch = (...operations) => void later.push(...operations);
  object.toJson = () => {
    const changed = change(before() as Manifest);
    return later.length === 0 ? changed : (JsonPatch.apply(copyOf(changed), ...later) as object);
  };
}

/** A copy for cdk8s, which patches in place. */
function copyOf(manifest: Manifest): Manifest {
  return JSON.parse(JSON.stringify(manifest)) as Manifest;
}
