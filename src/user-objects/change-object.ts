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
    return later.length === 0 ? changed : (JsonPatch.apply(structuredClone(changed), ...later) as object);
  };
}
