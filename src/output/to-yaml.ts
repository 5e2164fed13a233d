import type { Manifest } from '../kubernetes/manifest.js';
import { dumpYaml } from '../yaml/dump-yaml.js';

/** Serialises Kubernetes objects as YAML, one document each. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => dumpYaml(manifest)).join('---\n');
}
