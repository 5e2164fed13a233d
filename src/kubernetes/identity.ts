import { isClusterScoped } from './cluster-scoped.js';
import { namespaceOf, textAt, type Manifest } from './manifest.js';

/** The parts of an object by which the API server finds it; versions of one API group name the same objects. */
export function identity(manifest: Manifest): string | undefined {
  const name = textAt(manifest, 'metadata', 'name');
  const [version = '', withinGroup] = (textAt(manifest, 'apiVersion') ?? '').split('/');
  const group = withinGroup === undefined ? '' : version;
  const namespace = isScoped(manifest) ? '' : namespaceOf(manifest);
  return name === undefined ? undefined : [group, textAt(manifest, 'kind'), namespace, name].join('\n');
}

export function isScoped({ apiVersion, kind }: Manifest): boolean {
  return isClusterScoped(apiVersion, kind);
}
