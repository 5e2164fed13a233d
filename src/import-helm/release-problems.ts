import { type Diagnostic, errorAt, type Place } from '../diagnostics/diagnostic.js';
import { inspectName, knownAre } from '../diagnostics/expected.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import type { Setting } from '../servers/setting-sources.js';
import { nameOf, type ObjectField, placeOfObject, type ReleaseObject } from './release-object.js';

// Why there are no web pods among the objects of a release, or not those that the user names.

/** The objects of other kinds that keep pods running. */
const RUNNING = new Set<unknown>(['StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout', 'DeploymentConfig']);

interface NotFound {
  /** Objects that the cluster makes. */
  readonly made: readonly ReleaseObject[];
  /** Name of the Deployment that the user wants. */
  readonly name: string | undefined;
}

/** No Deployment is the one with the web pods. */
export function noDeployment(
  deployments: readonly ObjectField[],
  all: readonly ObjectField[],
  { file, made, name }: Pick<Place, 'file'> & NotFound,
): Diagnostic {
  const place = { file };
  const known = knownAre(deployments.map((one) => inspectName(nameOf(one))));
  if (deployments.length > 0 && name !== undefined)
    return errorAt(place, `no Deployment ${inspectName(name)}`, known);
  const owned = made.find(({ manifest, owner }) => manifest['kind'] === 'Deployment' && owner !== undefined);
  if (owned !== undefined && deployments.length === 0)
    return errorAt(
      placeOfObject(owned),
      `${String(owned.owner)} makes this Deployment, and its controller changes it back`,
      `to import it, stop that controller, and leave ${String(owned.owner)} out of the manifests`,
    );
  const other = all.find(({ map }) => RUNNING.has(map['kind']));
  if (other !== undefined && deployments.length === 0)
    return errorAt(
      place,
      `no Deployment in these manifests, but ${other.object.title}`,
      'a WorkerApp makes a Deployment: name the manifests of a chart whose web application is one',
    );
  return deployments.length === 0
    ? errorAt(
        place,
        'no Deployment in these manifests',
        'name the manifests of a chart with a web application',
      )
    : errorAt(
        place,
        `${deployments.length} Deployments, and it is not known which has the web pods`,
        `set --name; ${known}`,
      );
}

/** The application's container is not in the pods. */
export function noContainer(deployment: ObjectField, wanted: string): Diagnostic {
  const { items } = deployment.at('spec', 'template', 'spec', 'containers');
  return errorAt(
    placeOfObject(deployment.object),
    `no container ${inspectName(wanted)}`,
    knownAre(items.map(({ map }) => inspectName(scalarText(map['name'])))),
  );
}

/** The Deployment is in another namespace. */
export function otherNamespace(own: ObjectField, wanted: string): Diagnostic {
  return errorAt(
    own.object.placeOf(own.path),
    `the Deployment is in the namespace ${inspectName(scalarText(own.value))}, not in ${inspectName(wanted)}`,
    'omit --namespace, or name the manifests of the other release',
  );
}

/** The Deployment is of another release. */
export function otherInstance(own: ObjectField, wanted: string): Diagnostic {
  return errorAt(
    own.object.placeOf(own.path),
    `the Deployment is of the release ${inspectName(scalarText(own.value))}, not of ${inspectName(wanted)}`,
    'omit --instance, or name the manifests of the other release',
  );
}

/** The server starts another number of workers. @param setting the option that sets it */
export function otherWorkers(
  container: ObjectField,
  setting: Pick<Setting, 'field' | 'inWords'>,
  wanted: number,
): Diagnostic {
  const own = container.at(setting.field);
  return errorAt(
    own.object.placeOf(own.path),
    `${inspectName(setting.inWords)} starts another number of workers than ${wanted}`,
    `omit --workers; in the values file, change both ${setting.field} and workers`,
  );
}
