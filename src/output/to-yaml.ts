import type { Manifest } from '../kubernetes/manifest.js';
import { dumpYaml } from '../yaml/dump-yaml.js';

/** Kubernetes objects as one YAML text, a document each. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => dumpYaml(manifest)).join('---\n');
}
