import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { isClusterScoped, isNamespaced } from '../kubernetes/cluster-scoped.js';
import { mapAt, nameOf, textAt, type Manifest } from '../kubernetes/manifest.js';
import { judgeSpec } from './judge-shape.js';

/** The diagnostics about an object of `objects`. @param i its number in the list, from 0 */
export function judgeObject(manifest: Manifest, i: number): FieldDiagnostic[] {
  return [...secretData(manifest, i), ...unknownScope(manifest, i), ...judgeSpec(manifest, ['objects', i])];
}

/** An object that exists already. @param other the one that has the same kind, namespace and name */
export function isMade(manifest: Manifest, i: number, other: string): FieldDiagnostic {
  return {
    path: ['objects', i],
    message: `${nameOf(manifest)} is in ${other} already`,
    hint: other === OURS ? 'change it with patches, or rename this object' : 'remove one of the two',
  };
}

/** The objects of the application itself, in a message. */
export const OURS = 'the application';

function secretData(manifest: Manifest, i: number): FieldDiagnostic[] {
  if (manifest['kind'] !== 'Secret' || manifest['apiVersion'] !== 'v1') return [];
  return ['data', 'stringData']
    .filter((field) => Object.keys(mapAt(manifest, field)).length > 0)
    .map((field) => ({
      severity: 'warning' as const,
      path: ['objects', i, field],
      message: `${nameOf(manifest)}: everybody who can read this file or the manifests can read the secret`,
      hint: 'create the Secret in the cluster, or write a SealedSecret or an ExternalSecret',
      inKey: true,
    }));
}

/** Without a namespace, kubectl puts an object of an unknown kind into the namespace of its context. */
function unknownScope(manifest: Manifest, i: number): FieldDiagnostic[] {
  const { apiVersion, kind } = manifest;
  if (textAt(manifest, 'metadata', 'namespace') !== undefined) return [];
  if (isClusterScoped(apiVersion, kind) || isNamespaced(apiVersion, kind)) return [];
  return [
    {
      severity: 'note',
      path: ['objects', i],
      message: `it is not known whether ${String(kind)} (${String(apiVersion)}) has a namespace, and none is added`,
      hint: 'set metadata.namespace if it has one',
    },
  ];
}
