import type { LabelSelector } from './label-selector.js';
import { nameOf, namespaceOf, textAt, type Manifest } from './manifest.js';
import { podTemplates } from './pod-templates.js';

/** API groups whose objects make no pods or Services, or whose pods are known. */
const KNOWN_GROUPS =
  /^v[0-9]|^(apps|batch|extensions|policy|autoscaling)\/|(^|\.)k8s\.io\/|^monitoring\.coreos\.com\//;

/**
 * Custom resources whose operators make pods or Services that no manifest shows: those whose name is asked for in a
 * label, as `cnpg.io/cluster: db`.
 */
export class PodMakers {
  private readonly byName = new Map<string, Manifest[]>();

  constructor(manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      const [apiVersion, name] = [textAt(manifest, 'apiVersion') ?? '', textAt(manifest, 'metadata', 'name')];
      if (name === undefined || KNOWN_GROUPS.test(apiVersion) || podTemplates(manifest).length > 0) continue;
      this.byName.set(name, [...(this.byName.get(name) ?? []), manifest]);
    }
  }

  /** The object whose pods or Services a selector means: `Cluster shop/db`. */
  find(namespaces: readonly string[] | undefined, selector: LabelSelector): string | undefined {
    for (const equality of selector.equalities) {
      const name = equality.slice(equality.indexOf('=') + 1);
      const found = this.byName.get(name)?.find((maker) => namespaces?.includes(namespaceOf(maker)) ?? true);
      if (found !== undefined) return nameOf(found);
    }
    return undefined;
  }
}
