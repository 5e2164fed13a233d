import type { z } from 'zod';
import type { Manifest } from '../kubernetes/manifest.js';
import { key as anyKey, type AnyKey, type KeyDefinition, type Keys } from '../schema/key.js';
import type { VolumeEntry } from '../kubernetes-shapes/types.js';
import type { Container, Pod, PodPart } from './pod-part.js';
import type { PodNumbers } from './scale/pod-numbers.js';
import type { ApplicationPort, NamedPort } from './ports/application-ports.js';
import type { MetricsPorts } from './ports/metrics-ports.js';
import type { ExtraEndpoints } from './scraping/extra-ports.js';

/** The values that effects of keys may read, beside their own. All of them are part of a WorkerAppSpec. */
export interface KeyContext {
  readonly name: string;
  readonly namespace: string;
  /** Labels of every object and pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** The labels by which Deployment and Service select the pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly container: string;
  readonly pods: PodNumbers;
  readonly runAsUser: number | null;
  readonly http: { readonly port: number; readonly servicePort: number };
  readonly ports: MetricsPorts;
  readonly applicationPorts: readonly ApplicationPort[];
  readonly podPorts: readonly NamedPort[];
  readonly metrics: ExtraEndpoints;
  readonly volumes?: Readonly<Record<string, VolumeEntry>> | undefined;
}

/** Functions that return what a key adds to the manifests. They are called only when the key has a value. */
export interface KeyEffects<Value> {
  /** Fields of the Deployment's spec, without the pods. */
  deployment?(value: Value): PodPart['deployment'];
  pod?(value: Value, context: KeyContext): Pod;
  /** Fields of the application's container. */
  container?(value: Value, context: KeyContext): Container;
  podAnnotations?(value: Value): PodPart['podAnnotations'];
  podLabels?(value: Value): PodPart['podLabels'];
  volumes?(value: Value, context: KeyContext): PodPart['volumes'];
  /** Whole objects, by their ids in the construct. Namespace and labels are added. */
  objects?(value: Value, context: KeyContext): Readonly<Record<string, Manifest>>;
}

const EFFECTS = ['deployment', 'pod', 'container', 'podAnnotations', 'podLabels', 'volumes'] as const;

/**
 * Defines a key of a WorkerApp, and what it adds to the manifests.
 *
 * @example key({ field: () => textField(DNS_1123_SUBDOMAIN), …, pod: (name) => ({ priorityClassName: name }) })
 */
export function key<Field extends z.ZodType, const Default = undefined, Required extends boolean = false>({
  deployment,
  pod,
  container,
  podAnnotations,
  podLabels,
  volumes,
  objects,
  ...definition
}: KeyDefinition<Field, Default, Required> & KeyEffects<NonNullable<z.output<Field>>>) {
  const effects = { deployment, pod, container, podAnnotations, podLabels, volumes, objects };
  return { ...anyKey<Field, Default, Required>(definition), ...effects };
}

/** Adds what a key does to the manifests, for keys that are groups. */
export function withEffects<K extends AnyKey>(
  key: K,
  effects: KeyEffects<NonNullable<ReturnType<K['resolve']>>>,
): K {
  return { ...key, ...effects };
}

type Effective = AnyKey & KeyEffects<unknown>;

/** The parts of the Deployment that the keys themselves add. */
export function partsOfKeys(keys: Keys, context: KeyContext): PodPart[] {
  return keysWithValue(keys, context).map(([key, value]) =>
    Object.fromEntries(EFFECTS.map((effect) => [effect, key[effect]?.(value, context)])),
  );
}

/** The objects that the keys themselves add, by their ids. */
export function objectsOfKeys(keys: Keys, context: KeyContext): Readonly<Record<string, Manifest>> {
  return Object.assign(
    {},
    ...keysWithValue(keys, context).map(([key, value]) => key.objects?.(value, context) ?? {}),
  );
}

function keysWithValue(keys: Keys, spec: object): [Effective, unknown][] {
  const values = spec as Readonly<Record<string, unknown>>;
  return Object.entries(keys).flatMap(([name, key]): [Effective, unknown][] => {
    const value = values[name] ?? undefined;
    return value === undefined ? [] : [[key as Effective, value]];
  });
}
