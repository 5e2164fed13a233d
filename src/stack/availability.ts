import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PodSelection } from '../kubernetes/pod-selection.js';
import { PlainObject } from '../kubernetes/plain-object.js';

/** The pods of a StatefulSet, and the names and labels of the objects that protect them. */
interface Pods {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * Adds a PodDisruptionBudget: at most one pod is evicted at a time when nodes are drained. Adds none for a single pod,
 * because a budget that allows no eviction would block the drain of the node.
 */
export function allButOne(scope: Construct, id: string, pods: Pods, count: number): ApiObject | undefined {
  if (count < 2) return undefined;
  return new PlainObject(scope, id, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(pods),
    spec: { minAvailable: count - 1, selector: { matchLabels: pods.selector } },
  });
}

/** Adds a NetworkPolicy that allows only the given traffic to the pods. */
export function onlyFrom(scope: Construct, id: string, pods: Pods, ingress: readonly object[]): ApiObject {
  return new PlainObject(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(pods),
    spec: { podSelector: { matchLabels: pods.selector }, policyTypes: ['Ingress'], ingress },
  });
}

function metadata({ name, namespace, labels }: Pods) {
  return { name, namespace, labels: { ...labels } };
}

/** One port of a NetworkPolicy. */
export function policyPort(port: number, protocol: 'TCP' | 'UDP' = 'TCP') {
  return { port, protocol };
}

/** The selector of pods in a NetworkPolicy. */
export function policyPeer({ labels, namespace }: PodSelection) {
  return {
    podSelector: { matchLabels: { ...labels } },
    ...(namespace !== undefined && {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    }),
  };
}
