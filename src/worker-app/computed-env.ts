import type { TakenNames } from '../fields/fields.js';

/** Environment variables that tell the application what was computed, and the field that decides each. */
export const COMPUTED_ENV: Readonly<Record<string, string>> = {
  WEB_CONCURRENCY: 'workers',
  METRICS_START_PORT: 'metrics.startPort',
  METRICS_EXPORTER: 'metrics.exporter',
  PROMETHEUS_MULTIPROC_DIR: 'metrics.strategy',
};

export const TAKEN_ENV: TakenNames = {
  clear: new RegExp(`^(?!(${Object.keys(COMPUTED_ENV).join('|')})$)`),
  advice: (name) => `computed from ${COMPUTED_ENV[name]}; remove it and set ${COMPUTED_ENV[name]}`,
};
