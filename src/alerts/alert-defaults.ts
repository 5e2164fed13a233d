/** What an alert is where `alerts` is silent. The only place where these are written. */
export const ALERT_DEFAULTS = {
  // Longer than a reload's hand-over and than a pod needs to start.
  workersNotScraped: { for: '5m', severity: 'critical', sharded: false },
  workerRestarts: { for: '5m', severity: 'warning', threshold: 3 },
  // Longer than the 5 minutes that a rate looks back: one failed request is no alert.
  errorRatio: { for: '10m', severity: 'critical', threshold: 0.05 },
  // django-prometheus' largest bucket but infinity
  latency: { for: '10m', severity: 'warning', threshold: 1, quantile: 0.95, largestBucket: 75 },
  // Longer than a deployment that migrates.
  unappliedMigrations: { for: '15m', severity: 'warning' },
} as const;
