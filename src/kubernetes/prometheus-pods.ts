import { NAME_LABEL, COMPONENT_LABEL } from './labels.js';
import type { PodSelection } from './pod-selection.js';

/** A label of the pods of every PrometheusServer. The selectors of its own objects do not use it. */
export const PROMETHEUS_COMPONENT = { [COMPONENT_LABEL]: 'prometheus' } as const;

/** Selects Prometheus pods: ours, the operator's, and those of common Helm charts. */
export const PROMETHEUS_PODS = [
  { labels: { [NAME_LABEL]: 'prometheus' } },
  { labels: PROMETHEUS_COMPONENT },
] as const satisfies readonly PodSelection[];
