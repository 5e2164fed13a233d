import type { PodSelection } from './pod-selection.js';

/** On the pods of every PrometheusServer, whatever its name; in no selector of its own objects. */
export const PROMETHEUS_COMPONENT = { 'app.kubernetes.io/component': 'prometheus' } as const;

/** Pods that are taken for a Prometheus: ours, and those of the operator and of the usual charts. */
export const PROMETHEUS_PODS = [
  { labels: { 'app.kubernetes.io/name': 'prometheus' } },
  { labels: PROMETHEUS_COMPONENT },
] as const satisfies readonly PodSelection[];
