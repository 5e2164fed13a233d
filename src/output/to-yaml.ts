import { dump } from 'js-yaml';
import type { Manifest } from '../checks/manifest.js';

/** Kubernetes objects as one YAML text, a document each. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => dump(manifest, { lineWidth: -1, noRefs: true })).join('---\n');
}
