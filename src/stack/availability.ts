import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PodSelection } from '../kubernetes/pod-selection.js';

/** Pods of a StatefulSet, and the names and labels of the objects about them. */
interface Pods {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * Adds a PodDisruptionBudget that keeps all pods but one while nodes are drained. There is none for a single pod: a budget
 * that allows no eviction would block the drain of its node.
 */
export function allButOne(scope: Construct, id: string, pods: Pods, count: number): ApiObject | undefined {
  if (count < 2) return undefined;
  return new ApiObject(scope, id, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(pods),
    spec: { minAvailable: count - 1, selector: { matchLabels: pods.selector } },
  });
}

/** Adds a NetworkPolicy that lets in only the given traffic. */
export function onlyFrom(scope: Construct, id: string, pods: Pods, ingress: readonly object[]): ApiObject {
  return new ApiObject(scope, id, {
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

/** Pods as a NetworkPolicy selects them. */
export function policyPeer({ labels, namespace }: PodSelection) {
  return {
    podSelector: { matchLabels: { ...labels } },
    ...(namespace !== undefined && {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    }),
  };
}
