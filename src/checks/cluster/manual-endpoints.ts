import { listAt, namespaceOf, nameOf, textAt, type Manifest } from '../../kubernetes/manifest.js';

/** The addresses of a Service without a selector, written by hand in a manifest. */
export interface ManualEndpoints {
  /** `Endpoints shop/db`, `EndpointSlice shop/db-1` */
  readonly object: string;
  /** Names of the ports; the empty string for a port without a name. */
  readonly portNames: readonly string[];
}

/** Returns the Endpoints and EndpointSlices of each Service, by the Service's `namespace/name`. */
export function manualEndpoints(
  manifests: readonly Manifest[],
): ReadonlyMap<string, readonly ManualEndpoints[]> {
  const found = new Map<string, ManualEndpoints[]>();
  for (const manifest of manifests) {
    const service = serviceNameOf(manifest);
    if (service === undefined) continue;
    const key = `${namespaceOf(manifest)}/${service}`;
    const endpoints = { object: nameOf(manifest), portNames: portNamesOf(manifest) };
    found.set(key, [...(found.get(key) ?? []), endpoints]);
  }
  return found;
}

function serviceNameOf(manifest: Manifest): string | undefined {
  if (manifest['kind'] === 'Endpoints') return textAt(manifest, 'metadata', 'name');
  if (manifest['kind'] !== 'EndpointSlice') return undefined;
  return textAt(manifest, 'metadata', 'labels', 'kubernetes.io/service-name');
}

function portNamesOf(manifest: Manifest): string[] {
  const lists = manifest['kind'] === 'Endpoints' ? listAt(manifest, 'subsets') : [manifest];
  return lists.flatMap((list) => listAt(list, 'ports').map((port) => textAt(port, 'name') ?? ''));
}
