import { apiGroup } from './api-group.js';
import { isClusterScoped } from './cluster-scoped.js';
import { namespaceOf, textAt, type Manifest } from './manifest.js';

/**
 * The parts of an object that identify it to the API server. The version is left out: all versions of an API group
 * share objects.
 */
export function identity(manifest: Manifest): string | undefined {
  const name = textAt(manifest, 'metadata', 'name');
  if (name === undefined) return undefined;
  const group = apiGroup(textAt(manifest, 'apiVersion') ?? '');
  const namespace = isScoped(manifest) ? '' : namespaceOf(manifest);
  return `${group}\n${textAt(manifest, 'kind') ?? ''}\n${namespace}\n${name}`;
}

export function isScoped({ apiVersion, kind }: Manifest): boolean {
  return isClusterScoped(apiVersion, kind);
}
