import { CORE_SCHEMA, loadAll, mergeTag, YAMLException } from 'js-yaml';
import { expected } from '../problems/expected.js';
import type { Problem } from '../problems/problem.js';
import { itemsOf, listAt, mapAt, nameOf, namespaceOf, textAt, type Manifest } from './manifest.js';

/** The objects in a YAML or JSON text, those of lists among them; or the problem that makes it no manifests. */
export function readManifests(file: string, text: string): Manifest[] | Problem {
  try {
    const documents = loadAll(text, { schema: SCHEMA, maxAliases: MAX_ALIASES }).filter(
      (document) => document !== null,
    );
    const strange = documents.find((document) => typeof document !== 'object' || Array.isArray(document));
    if (strange !== undefined) return { file, message: expected('Kubernetes objects', strange) };
    return documents.flatMap((document) => itemsOf(document as Manifest));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { mark, reason } = error;
    return {
      file,
      ...(mark && { line: mark.line + 1, column: mark.column + 1 }),
      message: `not YAML: ${reason}`,
    };
  }
}

/** With keys to merge (`<<: *labels`), which YAML 1.2 has no more, but kubectl takes. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** More than anybody writes by hand; each may stand for as many again. */
const MAX_ALIASES = 100;

/** Objects as `kubectl apply --namespace` makes them: those that name no namespace are in this one. */
export function inNamespace(namespace: string, manifests: readonly Manifest[]): Manifest[] {
  return manifests.map((manifest) =>
    textAt(manifest, 'metadata', 'namespace') === undefined
      ? { ...manifest, metadata: { ...mapAt(manifest, 'metadata'), namespace } }
      : manifest,
  );
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
