import type { ApiObject, ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { mapAt } from '../kubernetes/manifest.js';
import type { Keys } from '../schema/key.js';
import { objectsOfKeys, type PodContext } from './key.js';
import { PlainObject } from '../kubernetes/plain-object.js';

/** Adds the objects that single keys make, by their ids. */
export function addObjectsOfKeys(
  scope: Construct,
  keys: Keys,
  spec: PodContext,
): Readonly<Record<string, ApiObject>> {
  const { name, namespace, labels } = spec;
  const objects: Record<string, ApiObject> = {};
  for (const [id, manifest] of Object.entries(objectsOfKeys(keys, spec))) {
    const own = mapAt(manifest, 'metadata');
    const metadata = { name, namespace, ...own, labels: { ...labels, ...mapAt(own, 'labels') } };
    objects[id] = new PlainObject(scope, id, { ...manifest, metadata } as unknown as ApiObjectProps);
  }
  return objects;
}
