import { expected } from '../diagnostics/expected.js';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { parseAsKubectl } from '../yaml/kubectl-documents.js';
import { itemsOf } from './contained-objects.js';
import { isMap, listAt, mapAt, nameOf, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';
import { isPassingHook, whyNoObject } from './not-applied.js';

/** The objects in a text, and what is wrong with the text itself. */
export interface ReadManifests {
  readonly manifests: readonly Manifest[];
  /** Documents that kubectl refuses. */
  readonly problems: readonly Diagnostic[];
  /** Documents that are left out, as they are no objects of a cluster. */
  readonly leftOut: readonly Diagnostic[];
  /** Warnings of keys given twice: kubectl takes the last of their values, without a word. */
  readonly repeatedKeys: readonly Diagnostic[];
}

/** The objects in a YAML or JSON text as kubectl reads it, those of lists among them. */
export function readManifests(file: string, text: string): ReadManifests {
  const { documents, problems } = parseAsKubectl(file, text);
  const strange = documents.filter(({ value }) => !isMap(value));
  const leftOut: Diagnostic[] = [];
  const manifests = documents.flatMap(({ value, positionOf }) => {
    if (!isMap(value)) return [];
    const message = whyNoObject(value, file);
    if (message === undefined) return itemsOf(value);
    leftOut.push({ severity: 'note', file, line: positionOf([]).line, message });
    return [];
  });
  return {
    manifests,
    leftOut,
    problems: [
      ...problems,
      ...strange.map(({ value, positionOf }) =>
        errorAt({ file, line: positionOf([]).line }, expected('a Kubernetes object', value)),
      ),
    ],
    repeatedKeys: documents.flatMap(({ value, repeatedKeys }) =>
      repeatedKeys.map((repeated): Diagnostic => ({
        ...repeated,
        severity: 'warning',
        object: nameOf(isMap(value) ? value : {}),
      })),
    ),
  };
}

/** Objects as `kubectl apply --namespace` makes them: those that name no namespace are in this one. */
export function inNamespace(namespace: string, manifests: readonly Manifest[]): Manifest[] {
  return manifests.map((manifest) =>
    textAt(manifest, 'metadata', 'namespace') === undefined
      ? { ...manifest, metadata: { ...mapAt(manifest, 'metadata'), namespace } }
      : manifest,
  );
}

/** The objects that remain in the cluster: without those of others among them, and without hooks that pass. */
export function lasting(manifests: readonly Manifest[]): Manifest[] {
  return withoutOwned(manifests.filter((manifest) => !isPassingHook(manifest)));
}

/**
 * The objects that somebody wrote: without those that a controller makes of another one among them, as the ReplicaSets
 * and pods of a Deployment, which `kubectl get -o yaml` lists too.
 */
export function withoutOwned(manifests: readonly Manifest[]): Manifest[] {
  const present = new Set(manifests.map(nameOf));
  return manifests.filter((manifest) => {
    const controller = listAt(manifest, 'metadata', 'ownerReferences').find(
      (owner) => owner['controller'] === true,
    );
    const { kind, name } = controller ?? {};
    return !present.has(`${String(kind)} ${namespaceOf(manifest)}/${String(name)}`);
  });
}
