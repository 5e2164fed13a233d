import type { z } from 'zod';
import { key as anyKey, type AnyKey, type KeyDefinition, type Keys } from '../schema/key.js';
import type { Container, Pod, PodPart } from './pod-part.js';

/** Functions that return what a key adds to the pods. They are called only when the key has a value. */
export interface KeyEffects<Value> {
  pod?(value: Value): Pod;
  container?(value: Value): Container;
}

/**
 * Defines a key of a WorkerApp. `pod` and `container` return the fields that the key adds to the pod and to its container.
 *
 * @example key({ field: textField(DNS_1123_SUBDOMAIN), …, pod: (name) => ({ priorityClassName: name }) })
 */
export function key<Field extends z.ZodType, const Default = undefined, Required extends boolean = false>({
  pod,
  container,
  ...definition
}: KeyDefinition<Field, Default, Required> & KeyEffects<NonNullable<z.output<Field>>>) {
  return { ...anyKey<Field, Default, Required>(definition), pod, container };
}

/** The parts of the pods that the keys themselves add. */
export function partsOfKeys(keys: Keys, values: Readonly<Record<string, unknown>>): PodPart[] {
  return Object.entries(keys).flatMap(
    ([name, { pod, container }]: [string, AnyKey & KeyEffects<unknown>]) => {
      const value = values[name] ?? undefined;
      return value === undefined ? [] : [{ pod: pod?.(value), container: container?.(value) }];
    },
  );
}
