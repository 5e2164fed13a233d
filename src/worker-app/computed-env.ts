/** Environment variables that tell the application what was computed, and the field that decides each. */
export const COMPUTED_ENV = {
  WEB_CONCURRENCY: 'workers',
  METRICS_START_PORT: 'metrics.startPort',
  METRICS_EXPORTER: 'metrics.exporter',
  PROMETHEUS_MULTIPROC_DIR: 'metrics.strategy',
};
