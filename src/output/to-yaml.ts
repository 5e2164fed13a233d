import type { Manifest } from '../kubernetes/manifest.js';
import { dumpYaml } from '../yaml/dump-yaml.js';

/** Serialises Kubernetes objects as YAML, one document each. */
export function toYaml(manifests: readonly Manifest[]): string {
  return joinYaml(manifests.map((manifest) => dumpYaml(manifest)));
}

/** Joins texts with YAML documents to one stream. */
export function joinYaml(texts: readonly string[]): string {
  return texts.join('---\n');
}
