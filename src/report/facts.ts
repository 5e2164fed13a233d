import { nameOf, type Manifest } from '../kubernetes/manifest.js';
import { NamespaceDiscovery } from './namespace-discovery.js';
import { podCounts, type PodCounts } from './pod-counts.js';

/** Facts about the manifests of an environment. */
export interface Facts {
  /** The manifests by name: `Service shop/web`. */
  readonly objects: ReadonlyMap<string, Manifest>;
  readonly pods: PodCounts;
  readonly discovery: NamespaceDiscovery;
}

export function factsOf(manifests: readonly Manifest[]): Facts {
  return {
    objects: new Map(manifests.map((manifest) => [nameOf(manifest), manifest])),
    pods: podCounts(manifests),
    discovery: new NamespaceDiscovery(manifests),
  };
}
