import { envEntries } from '../../kubernetes/env-entries.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import { RESTRICTED_CONTAINER } from '../../kubernetes/restricted-pod.js';
import { orderOfReferences } from '../../kubernetes/variable-references.js';
import { mergeShapes } from '../../kubernetes-shapes/merge-shapes.js';
import type { ContainerEntry, SidecarEntry } from '../../kubernetes-shapes/types.js';
import { withoutComputed } from '../keys/env.js';
import type { Container, Pod } from '../pod-part.js';
import { containersIn } from './container-entries.js';
import { absolutePath } from '../volumes/user-volumes.js';
import type { EnvValue } from '../worker-app-props.js';

/** The values from which the containers of a pod are made. */
export interface PodContents {
  readonly initContainers?: Readonly<Record<string, ContainerEntry>> | undefined;
  readonly sidecars?: Readonly<Record<string, SidecarEntry>> | undefined;
  /** The environment that all containers with the application's image share, without computed variables. */
  readonly sharedEnv: Readonly<Record<string, EnvValue>>;
}

/** The containers of the pods: native sidecars and init containers in this order, the application's, other sidecars. */
export function podContainers(
  contents: PodContents,
  application: Container,
): Pick<Pod, 'initContainers' | 'containers'> {
  const [initContainers, sidecars] = [containersIn(contents.initContainers), containersIn(contents.sidecars)];
  const complete = ([name, entry]: [string, ContainerEntry]) =>
    containerOf(name, entry, contents, application);
  const isNative = ([, { native }]: [string, SidecarEntry]) => native !== false;
  const all = Object.entries(sidecars);
  const before = [
    ...all.filter(isNative).map((each) => ({ ...complete(each), restartPolicy: 'Always' })),
    ...Object.entries(initContainers).map(complete),
  ];
  const beside = all.filter((each) => !isNative(each)).map(complete);
  return {
    ...(before.length > 0 && { initContainers: before }),
    containers: [application, ...beside],
  } as Pick<Pod, 'initContainers' | 'containers'>;
}

function containerOf(
  name: string,
  given: SidecarEntry,
  contents: PodContents,
  application: Container,
): Manifest {
  const { native: _native, in: _in, ...own } = given;
  const isOfApplication = (own.image ?? undefined) === undefined;
  const { securityContext: restricted, ...ours } = isOfApplication
    ? shared(contents, application, own)
    : { securityContext: RESTRICTED_CONTAINER };
  const securityContext = own.securityContext === undefined ? { securityContext: restricted } : {};
  const over = isOfApplication ? withLists(ours, own) : own;
  return mergeShapes({ name, ...ours, ...securityContext }, over) as Manifest;
}

/** The fields that all containers of the application's image share. */
function shared(
  { sharedEnv }: PodContents,
  application: Container,
  { env: own }: ContainerEntry,
): ContainerEntry {
  const { image, imagePullPolicy, envFrom = [], volumeMounts = [], securityContext } = application;
  const env = envEntries(withoutComputed(sharedEnv, new Set((own ?? []).map(({ name }) => name))));
  return {
    ...(image !== undefined && { image }),
    ...(imagePullPolicy !== undefined && { imagePullPolicy }),
    ...(env.length > 0 && { env }),
    ...(envFrom.length > 0 && { envFrom }),
    ...(volumeMounts.length > 0 && { volumeMounts }),
    ...(securityContext !== undefined && { securityContext }),
  };
}

/** A container whose own lists are added to those of the application. */
function withLists(ours: ContainerEntry, own: ContainerEntry): ContainerEntry {
  const { env, envFrom, volumeMounts } = own;
  return {
    ...own,
    ...(env && { env: inOrder(added(ours.env, env, ({ name }) => name)) }),
    ...(envFrom && { envFrom: [...(ours.envFrom ?? []), ...envFrom] }), // of two sources, the later one wins
    ...(volumeMounts && {
      volumeMounts: added(ours.volumeMounts, volumeMounts, ({ mountPath }) => absolutePath(mountPath)),
    }),
  };
}

/** The items of both lists; own ones replace those with the same key. */
function added<Item>(
  ours: readonly Item[] = [],
  own: readonly Item[],
  keyOf: (item: Item) => string,
): Item[] {
  const keys = new Set(own.map(keyOf));
  return [...ours.filter((item) => !keys.has(keyOf(item))), ...own];
}

type Entries = NonNullable<ContainerEntry['env']>;

/** Variables after those that they refer to. */
function inOrder(entries: Entries): Entries {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const order = orderOfReferences(
    Object.fromEntries(entries.map(({ name, value }) => [name, value] as const)),
  );
  if ('cycle' in order || byName.size < entries.length) return entries;
  return order.names.flatMap((name) => byName.get(name) ?? []);
}
