import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from './plain.js';

/** Spreads pods, so that the loss of one node or zone does not stop all of them. */
export interface SpreadProps {
  /** Labels of the pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** `preferred`: two pods may share a node if there is no other. `required`: they never share one. */
  readonly spread: 'preferred' | 'required';
}

/** Anti-affinity between nodes, and an even spread over zones. */
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
