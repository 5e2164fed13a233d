import type { k8s } from 'cdk8s-plus-28';
import { mergeInto } from '../kubernetes-shapes/merge-shapes.js';
import type { Plain } from '../kubernetes/plain.js';

export type Pod = Partial<Plain<k8s.PodSpec>>;
export type Container = Partial<Plain<k8s.Container>>;

/** A volume, and its mounts in the application's container. */
export interface MountedVolume {
  readonly volume: Plain<k8s.Volume>;
  readonly mounts: readonly Plain<k8s.VolumeMount>[];
}

/** The fields that one key or feature adds to the Deployment. */
export interface PodPart {
  /** Fields of the Deployment's spec, without the pods. */
  readonly deployment?: Partial<Plain<k8s.DeploymentSpec>>;
  readonly pod?: Pod;
  readonly container?: Container;
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly volumes?: readonly MountedVolume[];
}

/** Merges parts, the later over the earlier. */
export function mergeParts(parts: readonly PodPart[]): Required<PodPart> {
  const volumes: MountedVolume[] = [];
  const merged = { deployment: {}, pod: {}, container: {}, podAnnotations: {}, podLabels: {}, volumes };
  for (const part of parts)
    for (const field of Object.keys(part) as (keyof PodPart)[]) {
      if (field === 'volumes') volumes.push(...(part.volumes ?? []));
      else mergeInto(merged[field], part[field] ?? {});
    }
  return merged;
}
