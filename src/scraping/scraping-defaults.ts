/** How workers are scraped where `metrics` is silent. */
export const SCRAPING_DEFAULTS = {
  interval: '30s',
  exporter: 'app',
  strategy: 'port-per-worker',
  monitor: 'ServiceMonitor',
  endpoints: 'per-port',
  service: 'shared',
  workerLabel: false,
  // Prometheus' own; we write them only when they are given
  path: '/metrics',
  scheme: 'http',
} as const;

/** How metrics are pushed where `metrics.graphite` is silent. */
export const GRAPHITE_DEFAULTS = { port: 2003, interval: '30s' } as const;

/** Metrics ports follow the port of the application. */
export function defaultStartPort(httpPort: number): number {
  return httpPort + 1;
}
