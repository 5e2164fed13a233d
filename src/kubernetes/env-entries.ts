import type { ConfigMapKey, SecretKey } from './references.js';
import { inOrderOfReferences } from './variable-references.js';

/** The entries of `env`, each after the entries that it refers to. Kubernetes expands `$(NAME)` in a text. */
export function envEntries(env: Readonly<Record<string, string | SecretKey | ConfigMapKey>>) {
  return Object.entries(inOrderOfReferences(env)).map(([name, value]) => ({ name, ...source(value) }));
}

function source(value: string | SecretKey | ConfigMapKey) {
  if (typeof value === 'string') return { value };
  const { key } = value;
  return 'secret' in value
    ? { valueFrom: { secretKeyRef: { name: value.secret, key } } }
    : { valueFrom: { configMapKeyRef: { name: value.configMap, key } } };
}
