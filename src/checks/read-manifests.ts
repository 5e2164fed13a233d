import { scalarText } from '../diagnostics/scalar-text.js';
import { expected } from '../diagnostics/expected.js';
import { type Diagnostic, errorAt, type Place } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { parseField } from '../kubernetes/field-path.js';
import { parseAsKubectl } from '../yaml/kubectl-documents.js';
import { containedIn } from './contained-objects.js';
import { isMap, listAt, mapAt, nameOf, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';
import { isPassingHook, whyNoObject } from './not-applied.js';

/** Returns the place of a field of an object: `spec.ports[0]`; without a field, that of the object. */
export type FieldPlace = (field?: string) => Place;

/** An object in a text. */
export interface WrittenObject {
  readonly manifest: Manifest;
  readonly placeOf: FieldPlace;
}

/** The objects in a text, and the diagnostics about the text itself. */
export interface ReadManifests {
  readonly objects: readonly WrittenObject[];
  /** Errors: documents that kubectl rejects. */
  readonly problems: readonly Diagnostic[];
  /** Notes: documents that are ignored because they are not objects of a cluster. */
  readonly leftOut: readonly Diagnostic[];
  /** Warnings: keys that are set twice. kubectl silently uses the last value. */
  readonly repeatedKeys: readonly Diagnostic[];
}

/** Reads the objects in a YAML or JSON text as kubectl does, including the items of lists. */
export function readManifests(file: string, text: string): ReadManifests {
  const { documents, problems } = parseAsKubectl(file, text);
  const strange: Diagnostic[] = [];
  const leftOut: Diagnostic[] = [];
  const objects = documents.flatMap(({ value, positionOf }) => {
    const why = whyNoObject(value, file);
    const place = () => ({ file, line: positionOf([]).line });
    const placeIn = (outer: FieldPath, field: string) => ({
      file,
      ...positionOf([...outer, ...parseField(field)], true),
    });
    if (why !== undefined) leftOut.push({ severity: 'note', ...place(), ...why });
    else if (isMap(value))
      return containedIn(value).map(({ manifest, path }) => ({
        manifest,
        placeOf: (field = '') => placeIn(path, field),
      }));
    else strange.push(errorAt(place(), expected('a Kubernetes object', value)));
    return [];
  });
  return {
    objects,
    leftOut,
    problems: [...problems, ...strange],
    repeatedKeys: documents.flatMap(({ value, repeatedKeys }) =>
      repeatedKeys.map((repeated): Diagnostic => ({
        ...repeated,
        severity: 'warning',
        object: nameOf(isMap(value) ? value : {}),
      })),
    ),
  };
}

/** Puts objects without a namespace in this one, as `kubectl apply --namespace` does. */
export function inNamespace(namespace: string, manifests: readonly Manifest[]): Manifest[] {
  return manifests.map((manifest) =>
    (textAt(manifest, 'metadata', 'namespace') ?? '') === ''
      ? { ...manifest, metadata: { ...mapAt(manifest, 'metadata'), namespace } }
      : manifest,
  );
}

/** The namespace that the authors of a bundle write for OLM, which sets that of each object when it installs the bundle. */
const OF_BUNDLES = 'placeholder';

/**
 * Removes the namespace `placeholder` from the objects of a bundle for OLM.
 * @see https://github.com/operator-framework/operator-lifecycle-manager/blob/master/doc/design/building-your-csv.md
 */
export function withoutPlaceholder(manifests: readonly Manifest[]): readonly Manifest[] {
  const isToBeSet = (manifest: Manifest) => namespaceOf(manifest) === OF_BUNDLES;
  const isBundle = manifests.some((one) => one['kind'] === 'ClusterServiceVersion' && isToBeSet(one));
  if (!isBundle) return manifests;
  return manifests.map((manifest) => {
    if (!isToBeSet(manifest)) return manifest;
    const { namespace: _, ...metadata } = mapAt(manifest, 'metadata');
    return { ...manifest, metadata };
  });
}

/** Removes temporary hooks, and objects that a controller creates. */
export function lasting(manifests: readonly Manifest[]): Manifest[] {
  return withoutOwned(manifests.filter((manifest) => !isPassingHook(manifest)));
}

/**
 * Returns the objects that users wrote. Objects that a controller creates for them are removed, for example the
 * ReplicaSets and pods of a Deployment in the output of `kubectl get -o yaml`.
 */
export function withoutOwned(manifests: readonly Manifest[]): Manifest[] {
  const present = new Set(manifests.map(nameOf));
  return manifests.filter((manifest) => {
    const controller = listAt(manifest, 'metadata', 'ownerReferences').find(
      (owner) => owner['controller'] === true,
    );
    const { kind, name } = controller ?? {};
    return !present.has(`${scalarText(kind)} ${namespaceOf(manifest)}/${scalarText(name)}`);
  });
}
