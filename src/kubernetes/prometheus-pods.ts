import type { PodSelection } from './pod-selection.js';

/** A label of the pods of every PrometheusServer. The selectors of its own objects do not use it. */
export const PROMETHEUS_COMPONENT = { 'app.kubernetes.io/component': 'prometheus' } as const;

/** Selects Prometheus pods: ours, the operator's, and those of common Helm charts. */
export const PROMETHEUS_PODS = [
  { labels: { 'app.kubernetes.io/name': 'prometheus' } },
  { labels: PROMETHEUS_COMPONENT },
] as const satisfies readonly PodSelection[];
