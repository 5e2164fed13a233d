import { JsonPatch, type ApiObject } from 'cdk8s';
import type { Manifest } from '../kubernetes/manifest.js';

/**
 * Changes the manifest of an object, after everything that was set and patched before. JSON patches that are added later
 * are applied after the change.
 */
export function changeObject(object: ApiObject, change: (manifest: Manifest) => Manifest): void {
  const later: JsonPatch[] = [];
  changeLast(object, (manifest) => {
    const changed = change(manifest);
    return later.length === 0 ? changed : (JsonPatch.apply(copyOf(changed), ...later) as Manifest);
  });
  object.addJsonPatch = (...operations) => void later.push(...operations);
}

/** Changes the manifest of an object, after everything else: also after JSON patches that are added later. */
export function changeLast(object: ApiObject, change: (manifest: Manifest) => Manifest): void {
  const before = object.toJson.bind(object);
  object.toJson = () => change(before() as Manifest);
}

/** A copy for cdk8s, which patches in place. */
function copyOf(manifest: Manifest): Manifest {
  return JSON.parse(JSON.stringify(manifest)) as Manifest;
}
