import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { mapAt, type Manifest } from '../kubernetes/manifest.js';

/** Adds annotations to every object of a construct. */
export function annotateObjects(scope: Construct, annotations: Readonly<Record<string, string>> = {}): void {
  const given = Object.entries(annotations);
  if (given.length === 0) return;
  for (const object of scope.node.findAll().filter(ApiObject.isApiObject)) addAnnotations(object, given);
}

/** Options for the sync of Argo CD, joined by commas. */
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/** Adds annotations. Those that the object has already stay: they are about this object alone. */
function addAnnotations({ metadata }: ApiObject, given: readonly (readonly [string, string])[]): void {
  const own = mapAt(metadata.toJson() as Manifest, 'annotations') as Readonly<Record<string, string>>;
  for (const [name, text] of given) {
    const before = own[name];
    if (before === undefined) metadata.addAnnotation(name, text);
    else if (name === SYNC_OPTIONS) metadata.addAnnotation(name, `${text},${before}`);
  }
}
