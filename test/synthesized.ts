import type { Manifest } from '../src/kubernetes/manifest.js';
import type { WorkerAppProps } from '../src/index.js';
import { shop } from './a-worker-app.js';
import { manifestsOf } from './manifests-of.js';

/** The manifests of an application `shop` with 4 workers. */
export function synthesized(props: Partial<WorkerAppProps>): Manifest[] {
  return manifestsOf(shop({ namespace: 'shop', workers: 4, ...props })).all;
}

export function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter((manifest) => manifest['kind'] === kind);
}
