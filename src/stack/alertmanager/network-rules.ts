import { k8s } from 'cdk8s-plus-28';
import type { PodSelection } from '../../kubernetes/pod-selection.js';

/** One port of a NetworkPolicy. */
export function policyPort(port: number, protocol: 'TCP' | 'UDP' = 'TCP'): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol };
}

/** Pods as a NetworkPolicy names them. */
export function policyPeer({ labels, namespace }: PodSelection): k8s.NetworkPolicyPeer {
  return {
    podSelector: { matchLabels: { ...labels } },
    ...(namespace !== undefined && {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    }),
  };
}
