import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from './plain.js';

/** Pods that would not all be lost with one node or zone. */
export interface SpreadProps {
  /** Labels of the pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Whether two pods may share a node where there is no other. */
  readonly spread: 'preferred' | 'required';
}

/** Anti-affinity over nodes, and an even spread over zones where there are several. */
export function spreadOver({
  selector,
  spread,
}: SpreadProps): Pick<Plain<k8s.PodSpec>, 'affinity' | 'topologySpreadConstraints'> {
  const labelSelector = { matchLabels: selector };
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector };
  return {
    affinity: {
      podAntiAffinity:
        spread === 'required'
          ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
          : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] },
    },
    topologySpreadConstraints: [
      {
        topologyKey: 'topology.kubernetes.io/zone',
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector,
      },
    ],
  };
}
