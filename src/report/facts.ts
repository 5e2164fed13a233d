import { nameOf, type Manifest } from '../kubernetes/manifest.js';
import { podCounts, type PodCounts } from './pod-counts.js';

/** Facts about the manifests of an environment. */
export interface Facts {
  /** The manifests by name: `Service shop/web`. */
  readonly objects: ReadonlyMap<string, Manifest>;
  readonly pods: PodCounts;
}

export function factsOf(manifests: readonly Manifest[]): Facts {
  return {
    objects: new Map(manifests.map((manifest) => [nameOf(manifest), manifest])),
    pods: podCounts(manifests),
  };
}
