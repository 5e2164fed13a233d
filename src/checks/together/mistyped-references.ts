import { inspect, mistypedName } from '../../diagnostics/expected.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { memo } from '../../memo.js';
import { nameOf, namespaceOf, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { isTemplated } from '../../kubernetes/replaced-later.js';
import { scaleTargetOf } from './autoscaled.js';
import { isCustom } from './config-objects.js';
import { backendsOf } from './route-backends.js';
import type { Wiring } from '../wiring/wiring.js';

/** A reference of an Ingress, HTTPRoute or autoscaler to another object, by its name. */
interface Reference {
  readonly object: string;
  /** The field that contains the name. */
  readonly field: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * Warns of a reference to an object that is not among the manifests, if a similar name is there that nothing refers to. An
 * object that is not among them may be in the cluster.
 */
export function checkMistypedReferences({ manifests }: Wiring): Diagnostic[] {
  const references = manifests.flatMap(referencesOf);
  if (references.length === 0) return [];
  const present = new Set(manifests.map(nameOf));
  const used = new Set(references.map(targetOf));
  const unused = memo(() => namesOf(manifests.filter((manifest) => !used.has(nameOf(manifest)))));
  return references.flatMap((reference): Diagnostic[] => {
    const { object, field, kind, namespace, name } = reference;
    if (present.has(targetOf(reference)) || isTemplated(name)) return [];
    const near = mistypedName(name, unused().get(`${kind} ${namespace}`) ?? []);
    if (near === undefined || isNamedByCustom(reference, manifests)) return [];
    const message = `no ${kind} ${inspect(name)} is among the manifests`;
    const hint = `did you mean ${inspect(near)}?`;
    return [{ severity: 'warning', object, field, message, hint, refersTo: `${kind} ${namespace}/${near}` }];
  });
}

/** The names of objects, by kind and namespace: `Service shop`. */
function namesOf(manifests: readonly Manifest[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const manifest of manifests) {
    const name = textAt(manifest, 'metadata', 'name');
    if (name === undefined) continue;
    const place = `${textAt(manifest, 'kind') ?? ''} ${namespaceOf(manifest)}`;
    const others = names.get(place);
    if (others === undefined) names.set(place, [name]);
    else others.push(name);
  }
  return names;
}

function referencesOf(manifest: Manifest): Reference[] {
  const backends = backendsOf(manifest).flatMap(({ object, namespace, service, nameField }) =>
    service === undefined ? [] : [{ object, field: nameField, kind: 'Service', namespace, name: service }],
  );
  const target = scaleTargetOf(manifest);
  if (target === undefined) return backends;
  const field = 'spec.scaleTargetRef.name';
  return [...backends, { object: nameOf(manifest), field, namespace: namespaceOf(manifest), ...target }];
}

function targetOf({ kind, namespace, name }: Reference): string {
  return `${kind} ${namespace}/${name}`;
}

/** Whether a custom resource has the name: its operator, or the chart that it installs, may make the object. */
function isNamedByCustom({ object, name }: Reference, manifests: readonly Manifest[]): boolean {
  return manifests.some(
    (one) => isCustom(one) && nameOf(one) !== object && JSON.stringify(one).includes(JSON.stringify(name)),
  );
}
