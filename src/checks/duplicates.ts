import { nameOf, namespaceOf, textAt, type Finding, type Manifest } from './manifest.js';
import { repeated } from './ports.js';

/** Two objects that are one to the API server: the later would overwrite the earlier. */
export function checkDuplicates(manifests: readonly Manifest[]): Finding[] {
  return repeated(manifests, identity).map((manifest) => ({
    object: nameOf(manifest),
    message: 'there is another object of this kind, namespace and name; one would overwrite the other',
  }));
}

/** What the API server tells objects apart by; versions of one API group name the same objects. */
export function identity(manifest: Manifest): string | undefined {
  const name = textAt(manifest, 'metadata', 'name');
  const [version = '', withinGroup] = (textAt(manifest, 'apiVersion') ?? '').split('/');
  const group = withinGroup === undefined ? '' : version;
  return name === undefined
    ? undefined
    : [group, textAt(manifest, 'kind'), namespaceOf(manifest), name].join('\n');
}
