import { scalarText } from '../../diagnostics/scalar-text.js';
import { memo } from '../../memo.js';
import { isMap, namespaceOf, mapAt, textAt, type Manifest } from '../../kubernetes/manifest.js';

/** ConfigMaps or Secrets that a pod reads. */
export type ConfigKind = 'ConfigMap' | 'Secret';

/** Secrets whose keys a controller of the cluster writes. */
const WRITTEN_LATER = 'kubernetes.io/service-account-token';

/** Annotations and labels by which a controller adds keys: of generators, replicators, and injectors of certificates. */
const ADDS_KEYS = /generat|replicat|reflect|inject|vault/i;

/** The ConfigMaps and Secrets among manifests, with their keys. */
export class ConfigObjects {
  private readonly keys = new Map<string, Set<string>>();
  private readonly used = new Set<string>();
  /** The names of objects that no pod reads, by `ConfigMap shop`. */
  private readonly unusedNames = memo(() => {
    const names = new Map<string, string[]>();
    for (const id of this.keys.keys()) {
      if (this.used.has(id)) continue;
      const slash = id.indexOf('/');
      const [place, name] = [id.slice(0, slash), id.slice(slash + 1)];
      const others = names.get(place);
      if (others === undefined) names.set(place, [name]);
      else others.push(name);
    }
    return names;
  });

  constructor(private readonly manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      const { kind } = manifest;
      const name = textAt(manifest, 'metadata', 'name');
      if ((kind !== 'ConfigMap' && kind !== 'Secret') || name === undefined) continue;
      const id = idOf(kind, namespaceOf(manifest), name);
      const keys = this.keys.get(id) ?? new Set();
      for (const field of ['data', 'binaryData', 'stringData'])
        for (const key of Object.keys(mapAt(manifest, field))) keys.add(key);
      this.keys.set(id, manifest['type'] === WRITTEN_LATER || isFilled(manifest) ? new Set() : keys);
    }
  }

  /** The keys of an object; undefined if it is not among the manifests, is empty, or others may add keys in the cluster. */
  keysOf(kind: ConfigKind, namespace: string, name: string): ReadonlySet<string> | undefined {
    const keys = this.keys.get(idOf(kind, namespace, name));
    return keys === undefined || keys.size === 0 ? undefined : keys;
  }

  has(kind: ConfigKind, namespace: string, name: string): boolean {
    return this.keys.has(idOf(kind, namespace, name));
  }

  /** Whether a custom resource names an object: an ExternalSecret may add keys to it. */
  isNamedByCustom(namespace: string, name: string): boolean {
    return this.manifests.some(
      (manifest) =>
        isCustom(manifest) &&
        namespaceOf(manifest) === namespace &&
        JSON.stringify(manifest).includes(JSON.stringify(name)),
    );
  }

  /** Marks an object as read by a pod. */
  use(kind: ConfigKind, namespace: string, name: string): void {
    this.used.add(idOf(kind, namespace, name));
  }

  /** The names of objects that no pod reads. All that pods read must be marked. */
  unused(kind: ConfigKind, namespace: string): readonly string[] {
    return this.unusedNames().get(`${kind} ${namespace}`) ?? [];
  }
}

function isFilled(manifest: Manifest): boolean {
  const { annotations, labels } = mapAt(manifest, 'metadata');
  return [annotations, labels].some(
    (map) => isMap(map) && Object.keys(map).some((key) => ADDS_KEYS.test(key)),
  );
}

/** Whether an object is of a group of another program, which may write Secrets. The prometheus-operator only reads them. */
export function isCustom({ apiVersion }: Manifest): boolean {
  const [group = ''] = scalarText(apiVersion).split('/');
  return group.includes('.') && !group.endsWith('.k8s.io') && group !== 'monitoring.coreos.com';
}

function idOf(kind: ConfigKind, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}
