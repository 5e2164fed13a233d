import type { LabelSelector } from './label-selector.js';
import { nameOf, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';
import { podTemplates } from './pod-templates.js';

/** API groups whose objects create no pods or Services, or whose pods the checks know. */
const KNOWN_GROUPS =
  /^v[0-9]|^(apps|batch|extensions|policy|autoscaling)\/|(^|\.)k8s\.io\/|^monitoring\.coreos\.com\//;

/** Custom resources whose operators create pods or Services without a manifest, for example CloudNativePG's Cluster. */
export class PodMakers {
  private readonly byWord = new Map<string, Manifest[]>();

  constructor(manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      const [apiVersion, kind] = [textAt(manifest, 'apiVersion') ?? '', textAt(manifest, 'kind')];
      const name = textAt(manifest, 'metadata', 'name');
      if (name === undefined || KNOWN_GROUPS.test(apiVersion) || podTemplates(manifest).length > 0) continue;
      for (const word of [name, kind ?? '', `${namespaceOf(manifest)}.${name}`])
        this.byWord.set(word, [...(this.byWord.get(word) ?? []), manifest]);
    }
  }

  /**
   * Returns the custom resource whose pods or Services a selector matches: `Cluster shop/db`. Operators use labels with
   * - their domain, and the object's name or kind as the value: `cnpg.io/cluster: db`,
   * - a word of their domain: `rook_cluster: ceph` of ceph.rook.io,
   * - or the object's namespace and name as the value.
   */
  find(namespaces: readonly string[] | undefined, selector: LabelSelector): string | undefined {
    for (const { key, value } of selector.accepted()) {
      const found = this.byWord.get(value)?.find((maker) => isMeant(maker, key, value, namespaces));
      if (found !== undefined) return nameOf(found);
    }
    return undefined;
  }
}

function isMeant(
  maker: Manifest,
  key: string,
  value: string,
  namespaces: readonly string[] | undefined,
): boolean {
  if (namespaces !== undefined && !namespaces.includes(namespaceOf(maker))) return false;
  if (value.includes('.') && value !== textAt(maker, 'metadata', 'name')) return true;
  const domain = key.includes('/') ? (key.split('/')[0] ?? '') : '';
  const group = (textAt(maker, 'apiVersion') ?? '').split('/')[0] ?? '';
  if (domain !== '') return `.${group}`.endsWith(`.${domain}`) || `.${domain}`.endsWith(`.${group}`);
  const words = key.toLowerCase().split(/[^a-z0-9]+/);
  const parts = group.split('.').slice(0, -1);
  return parts.some((part) => words.includes(part));
}
