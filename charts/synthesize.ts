import { buildManifests } from './build.js';
import { PlacesInValues } from './places-in-values.js';
import { checkManifests } from '../src/checks/check-manifests.js';
import { identity } from '../src/kubernetes/identity.js';
import { type Diagnostic, placed } from '../src/diagnostics/diagnostic.js';
import { IngressPathsOfDocuments } from '../src/checks/together/shared-ingress-paths.js';
import { noteSize } from '../src/checks/one-object/size.js';
import { nameOf, namespaceOf, type Manifest } from '../src/kubernetes/manifest.js';
import { deliveryManifests } from '../src/delivery/delivery.js';
import { deliveryPlaceOf, fileAt, placeOf } from '../src/output/layout.js';
import { memo } from '../src/memo.js';
import { toYaml } from '../src/output/to-yaml.js';
import { InvalidPropsError } from '../src/diagnostics/invalid-props.js';
import type { Values } from '../src/values/parse-values.js';
import { causedByUser, ofUserObject, PatchTargets, userDiagnostics } from './user-objects.js';
import { WORKER_APP_CHARTS, type Charts } from './kinds.js';

/** One manifest file. */
export interface Synthesized {
  /** Path in the output folder, without extension. */
  readonly place: string;
  readonly manifests: readonly Manifest[];
  /** The text of the file, written when it is first read. */
  readonly yaml: string;
  /** Errors that the checks found. */
  readonly errors: readonly Diagnostic[];
  /** Warnings and notes. */
  readonly notes: readonly Diagnostic[];
}

/**
 * Builds, checks and serialises one document at a time: thousands need no more memory than one.
 * @param charts for the kinds of the documents (see `chartsFor`)
 */
export function* synthesize(
  values: readonly Values[],
  charts: Charts = WORKER_APP_CHARTS,
): Generator<Synthesized> {
  const taken = new Map<string, string>();
  const targets = new PatchTargets();
  const places = new PlacesInValues(charts);
  // Each environment has Ingress controllers of its own.
  const ingressPaths = new Map<string | undefined, IngressPathsOfDocuments>();
  const pathsIn = (environment?: string) => {
    const paths = ingressPaths.get(environment) ?? new IngressPathsOfDocuments();
    ingressPaths.set(environment, paths);
    return paths;
  };
  for (const [i, document] of values.entries()) {
    const { kind, spec, environment, delivery } = document;
    const named = { name: spec.name, environment };
    const place = placeOf(named);
    try {
      const { manifests, userObjects } = buildManifests(document, charts);
      const paths = pathsIn(environment);
      const found = [
        ...causedByUser(checkManifests(manifests), document, userObjects, places),
        ...takenBefore(manifests, taken, place, environment).map((found) =>
          ofUserObject(found, document, userObjects),
        ),
        ...paths.add(manifests),
        ...userDiagnostics(document, userObjects),
        ...targets.add(document, userObjects, values[i + 1]),
      ];
      yield synthesized(
        place,
        manifests,
        places.placed([...found, ...sizesOf(manifests, found)], document, (without) =>
          paths.inTheWay(without),
        ),
      );
      if (delivery === undefined) continue;
      const [namespace = ''] = manifests.map(namespaceOf);
      const objects = deliveryManifests(delivery, { ...named, namespace });
      const deliveryPlace = deliveryPlaceOf(named);
      // The same Argo CD or Flux may see all environments.
      const wrong = [...checkManifests(objects), ...takenBefore(objects, taken, deliveryPlace)];
      yield synthesized(deliveryPlace, objects, places.placed(wrong, document));
    } catch (error) {
      if (!(error instanceof InvalidPropsError)) throw error;
      // An error of a schema of another project, such as the operator's for its own fields.
      const object = `${kind} ${spec.name}`;
      const { file, line } = document.source.placeOf(['name']);
      const errors = error.problems.map((problem) => placed(problem, { file, line, object }));
      yield { place, manifests: [], yaml: '', errors, notes: [] };
    }
  }
}

/** @param found all diagnostics about the manifests. Errors keep them from being written. */
function synthesized(
  place: string,
  manifests: readonly Manifest[],
  found: readonly Diagnostic[],
): Synthesized {
  const errors = found.filter(({ severity }) => severity === 'error');
  const notes = found.filter(({ severity }) => severity !== 'error');
  const yaml = memo(() => (errors.length > 0 ? '' : toYaml(manifests)));
  return {
    place,
    manifests,
    get yaml() {
      return yaml();
    },
    errors,
    notes,
  };
}

/** Notes about the sizes of objects that will be written. */
function sizesOf(manifests: readonly Manifest[], found: readonly Diagnostic[]): Diagnostic[] {
  return found.some(({ severity }) => severity === 'error') ? [] : manifests.flatMap(noteSize);
}

/**
 * Reports objects that another document contains too: applied together, one would overwrite the other.
 * @param taken the objects of earlier documents → the place of their file
 */
function takenBefore(
  manifests: readonly Manifest[],
  taken: Map<string, string>,
  place: string,
  environment = '',
): Diagnostic[] {
  return manifests.flatMap((manifest) => {
    const object = `${environment}\n${identity(manifest)}`;
    const other = taken.get(object) ?? place;
    taken.set(object, other);
    return other === place
      ? []
      : [
          {
            severity: 'error' as const,
            object: nameOf(manifest),
            message: `${fileAt(other)} contains this object too`,
            hint: 'rename one of the two',
          },
        ];
  });
}
