import type { WorkerAppMetrics } from '../worker-app-props.js';

/** The keys of `metrics` that a monitor writes for its targets and samples; in the operator's words. */
export type ScrapeOptions = Pick<
  WorkerAppMetrics,
  | 'workerLabel'
  | 'labels'
  | 'podLabels'
  | 'jobLabel'
  | 'relabelings'
  | 'metricRelabelings'
  | 'sampleLimit'
  | 'targetLimit'
  | 'keepDroppedTargets'
  | 'selectorMechanism'
  | 'scrapeProtocols'
  | 'path'
  | 'scheme'
  | 'tls'
  | 'authorization'
  | 'extraEndpoints'
>;
