import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../kubernetes/plain.js';

export type Pod = Partial<Plain<k8s.PodSpec>>;
export type Container = Partial<Plain<k8s.Container>>;

/** A volume, and its mount in the application's container. */
export interface MountedVolume {
  readonly volume: Plain<k8s.Volume>;
  readonly mount: Plain<k8s.VolumeMount>;
}

/** The fields that one key or feature adds to the pods. */
export interface PodPart {
  readonly pod?: Pod;
  readonly container?: Container;
  /** The pods restart when one of them changes. */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly volumes?: readonly MountedVolume[];
}

/** Merges parts. Objects are merged; lists and other values of a later part replace those of an earlier part. */
export function mergeParts(parts: readonly PodPart[]): Required<PodPart> {
  return {
    pod: merge(parts.map(({ pod }) => pod)),
    container: merge(parts.map(({ container }) => container)),
    podAnnotations: merge(parts.map(({ podAnnotations }) => podAnnotations)),
    volumes: parts.flatMap(({ volumes = [] }) => volumes),
  };
}

function merge<T extends object>(objects: readonly (T | undefined)[]): T {
  const merged: Record<string, unknown> = {};
  for (const object of objects) {
    for (const [field, value] of Object.entries(object ?? {})) {
      const earlier = merged[field];
      merged[field] = isObject(earlier) && isObject(value) ? merge([earlier, value]) : value;
    }
  }
  return merged as T;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
