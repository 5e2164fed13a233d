import type { z } from 'zod';
import type { Manifest } from '../kubernetes/manifest.js';
import { key as anyKey, type AnyKey, type KeyDefinition, type Keys } from '../schema/key.js';
import type { VolumeEntry } from '../kubernetes-shapes/types.js';
import type { Container, Pod, PodPart } from './pod-part.js';
import type { PodNumbers } from './scale/pod-numbers.js';
import type { ApplicationPort, NamedPort } from './ports/application-ports.js';
import type { MetricsPorts } from './ports/metrics-ports.js';
import type { ExtraEndpoints } from './scraping/extra-ports.js';

/**
 * Which pods have a key:
 * - `web`: the web pods alone.
 * - `deployments`: the web pods and those of each process.
 * - `pods`: all pods, those of jobs too.
 * - `inherited`: all pods; processes and jobs take the application's value, and merge their own over it.
 */
export type KeyScope = 'web' | 'deployments' | 'pods' | 'inherited';

/** The values that effects of the keys of all pods may read, beside their own. */
export interface PodContext {
  /** Name of the Deployment or Job, and of most objects that the keys add. */
  readonly name: string;
  readonly namespace: string;
  /** Labels of every object and pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** The labels by which Deployment and Service select the pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly container: string;
  readonly pods: PodNumbers;
  readonly runAsUser: number | null;
  readonly volumes?: Readonly<Record<string, VolumeEntry>> | undefined;
  /** The application whose pods inherit keys. For the web pods, it is the application itself. */
  readonly application: ApplicationContext;
  /** The inherited keys that a process or job sets for itself. @default - all keys: these are the web pods */
  readonly ownKeys?: ReadonlySet<string> | undefined;
}

/** The values of an application that processes and jobs share with it. */
export interface ApplicationContext {
  readonly name: string;
  readonly volumes?: Readonly<Record<string, VolumeEntry>> | undefined;
  /** Name of the ServiceAccount of the web pods. */
  readonly account?: string | undefined;
}

/** The values that effects of keys of the web pods may read, beside their own. All of them are part of a WorkerAppSpec. */
export interface KeyContext extends PodContext {
  readonly http: { readonly port: number; readonly servicePort: number };
  readonly ports: MetricsPorts;
  readonly applicationPorts: readonly ApplicationPort[];
  readonly podPorts: readonly NamedPort[];
  readonly metrics: ExtraEndpoints | false;
}

/** The parts of the manifests that a key adds. They are called only when the key has a value. */
export interface KeyEffects<Value, Context = KeyContext> {
  /** Fields of the Deployment's spec, without the pods. */
  deployment?(value: Value): PodPart['deployment'];
  pod?(value: Value, context: Context): Pod;
  /** Fields of the application's container. */
  container?(value: Value, context: Context): Container;
  podAnnotations?(value: Value): PodPart['podAnnotations'];
  podLabels?(value: Value): PodPart['podLabels'];
  volumes?(value: Value, context: Context): PodPart['volumes'];
  /** Whole objects, by their ids in the construct. Namespace and labels are added. */
  objects?(value: Value, context: Context): Readonly<Record<string, Manifest>>;
}

const EFFECTS = ['deployment', 'pod', 'container', 'podAnnotations', 'podLabels', 'volumes'] as const;

/** The values that effects of a key may read. */
type ContextOf<Scope extends KeyScope> = Scope extends 'web' ? KeyContext : PodContext;

/**
 * Defines a key of a WorkerApp, and its effects on the manifests.
 *
 * @example key({ scope: 'inherited', field: () => textField(DNS_1123_SUBDOMAIN), …, pod: (name) => ({ priorityClassName: name }) })
 */
export function key<
  Field extends z.ZodType,
  const Default = undefined,
  Required extends boolean = false,
  const Scope extends KeyScope = 'web',
>({
  scope,
  deployment,
  pod,
  container,
  podAnnotations,
  podLabels,
  volumes,
  objects,
  ...definition
}: KeyDefinition<Field, Default, Required> & { readonly scope?: Scope } & KeyEffects<
    NonNullable<z.output<Field>>,
    ContextOf<Scope>
  >) {
  const effects = { deployment, pod, container, podAnnotations, podLabels, volumes, objects };
  return {
    ...anyKey<Field, Default, Required>(definition),
    ...effects,
    scope: (scope ?? 'web') as Scope,
  };
}

/** Adds effects on the manifests to a key that is a group. */
export function withEffects<K extends AnyKey, const Scope extends KeyScope = 'web'>(
  key: K,
  effects: KeyEffects<NonNullable<ReturnType<K['resolve']>>, ContextOf<Scope>>,
  scope?: Scope,
): K & { readonly scope: Scope } {
  return { ...key, ...effects, scope: (scope ?? 'web') as Scope };
}

/** The keys of one of several scopes. */
export type KeysOf<K extends Keys, Scope extends KeyScope> = {
  readonly [Name in keyof K as K[Name] extends { readonly scope: Scope } ? Name : never]: K[Name];
};

export function keysOf<K extends Keys, const Scope extends KeyScope>(
  keys: K,
  ...scopes: readonly Scope[]
): KeysOf<K, Scope> {
  const isWanted = ([, key]: [string, AnyKey & { readonly scope?: KeyScope }]) =>
    (scopes as readonly (KeyScope | undefined)[]).includes(key.scope);
  return Object.fromEntries(Object.entries(keys).filter(isWanted)) as KeysOf<K, Scope>;
}

type Effect = keyof KeyEffects<unknown>;
type Effective = AnyKey & KeyEffects<unknown, PodContext>;

/** A key with effects, and which of them it has. */
interface EffectsOfKey {
  readonly name: string;
  readonly key: Effective;
  readonly effects: readonly Effect[];
}

/** The parts of the pods that the keys themselves add. */
export function partsOfKeys(keys: Keys, context: PodContext): PodPart[] {
  return withValue(keysOfParts(keys), context).map(([{ key, effects }, value]) => {
    const part: Partial<Record<Effect, unknown>> = {};
    for (const effect of effects) part[effect] = key[effect]?.(value, context);
    return part as PodPart;
  });
}

/** The objects that the keys themselves add, by their ids. */
export function objectsOfKeys(keys: Keys, context: PodContext): Readonly<Record<string, Manifest>> {
  const found = withValue(keysOfObjects(keys), context);
  return Object.assign({}, ...found.map(([{ key }, value]) => key.objects?.(value, context)));
}

const keysOfParts = keysWith(EFFECTS);
const keysOfObjects = keysWith(['objects']);

/** Finds the keys that have at least one of some effects; those of the same keys only once. */
function keysWith(wanted: readonly Effect[]): (keys: Keys) => readonly EffectsOfKey[] {
  const known = new WeakMap<Keys, readonly EffectsOfKey[]>();
  return (keys) => {
    const found =
      known.get(keys) ??
      Object.entries(keys as Readonly<Record<string, Effective>>)
        .map(([name, key]) => ({ name, key, effects: wanted.filter((effect) => key[effect] !== undefined) }))
        .filter(({ effects }) => effects.length > 0);
    known.set(keys, found);
    return found;
  };
}

/** The keys that have a value, with their values. */
function withValue(keys: readonly EffectsOfKey[], spec: object): [EffectsOfKey, unknown][] {
  const values = spec as Readonly<Record<string, unknown>>;
  const found: [EffectsOfKey, unknown][] = [];
  for (const key of keys) {
    const value = values[key.name] ?? undefined;
    if (value !== undefined) found.push([key, value]);
  }
  return found;
}
