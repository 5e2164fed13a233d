import { at, nameOf, namespaceOf, type Manifest } from '../kubernetes/manifest.js';
import { NamespaceDiscovery } from './namespace-discovery.js';
import { podCounts, type PodCounts } from './pod-counts.js';

/** Facts about the manifests of an environment. */
export interface Facts {
  /** The manifests by name: `Service shop/web`. */
  readonly objects: ReadonlyMap<string, Manifest>;
  /** The Services, by the pods that they select (see `selectedPods`). */
  readonly services: ReadonlyMap<string, readonly Manifest[]>;
  readonly pods: PodCounts;
  readonly discovery: NamespaceDiscovery;
}

export function factsOf(manifests: readonly Manifest[]): Facts {
  const objects = new Map(manifests.map((manifest) => [nameOf(manifest), manifest]));
  return {
    objects,
    services: bySelection([...objects.values()].filter(({ kind }) => kind === 'Service')),
    pods: podCounts(manifests),
    discovery: new NamespaceDiscovery(manifests),
  };
}

function bySelection(services: readonly Manifest[]): Map<string, Manifest[]> {
  const found = new Map<string, Manifest[]>();
  for (const service of services) {
    const pods = selectedPods(service);
    const same = found.get(pods);
    if (same === undefined) found.set(pods, [service]);
    else same.push(service);
  }
  return found;
}

/** The namespace and the selector of a Service, as a text to compare. */
export function selectedPods(service: Manifest): string {
  return JSON.stringify([namespaceOf(service), at(service, 'spec', 'selector')]);
}
