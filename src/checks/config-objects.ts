import { namespaceOf, mapAt, textAt, type Manifest } from '../kubernetes/manifest.js';

/** ConfigMaps or Secrets that a pod reads. */
export type ConfigKind = 'ConfigMap' | 'Secret';

/** Secrets whose keys a controller of the cluster writes. */
const WRITTEN_LATER = 'kubernetes.io/service-account-token';

/** The ConfigMaps and Secrets among manifests, with their keys. */
export class ConfigObjects {
  private readonly keys = new Map<string, Set<string>>();
  private readonly used = new Set<string>();

  constructor(manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      const { kind } = manifest;
      const name = textAt(manifest, 'metadata', 'name');
      if ((kind !== 'ConfigMap' && kind !== 'Secret') || name === undefined) continue;
      const id = idOf(kind, namespaceOf(manifest), name);
      const keys = this.keys.get(id) ?? new Set();
      for (const field of ['data', 'binaryData', 'stringData'])
        for (const key of Object.keys(mapAt(manifest, field))) keys.add(key);
      this.keys.set(id, manifest['type'] === WRITTEN_LATER ? new Set() : keys);
    }
  }

  /** The keys of an object; undefined if it is not among the manifests, or is empty: others may fill it in the cluster. */
  keysOf(kind: ConfigKind, namespace: string, name: string): ReadonlySet<string> | undefined {
    const keys = this.keys.get(idOf(kind, namespace, name));
    return keys === undefined || keys.size === 0 ? undefined : keys;
  }

  has(kind: ConfigKind, namespace: string, name: string): boolean {
    return this.keys.has(idOf(kind, namespace, name));
  }

  /** Marks an object as read by a pod. */
  use(kind: ConfigKind, namespace: string, name: string): void {
    this.used.add(idOf(kind, namespace, name));
  }

  /** The names of objects that no pod reads. */
  unused(kind: ConfigKind, namespace: string): string[] {
    const start = idOf(kind, namespace, '');
    return [...this.keys.keys()]
      .filter((id) => id.startsWith(start) && !this.used.has(id))
      .map((id) => id.slice(start.length));
  }
}

function idOf(kind: ConfigKind, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}
