import type { PrometheusApi } from '../../e2e/cluster/prometheus-api.js';

/** Options of `alerts` that make each alert fire soon. A pod has started within a minute, also on a busy machine. */
export const SHORT_ALERTS = {
  workersNotScraped: { for: '1m' },
  workerRestarts: { for: '5s' },
  errorRatio: { for: '5s' },
  // Requests are slow on a busy machine.
  latency: { for: '5s', threshold: 60 },
  unappliedMigrations: { for: '5s' },
};

/** The alerts of a namespace that wait or fire now: `shop: WorkersNotScraped`. */
export async function openAlerts(prometheus: PrometheusApi, namespace: string): Promise<string[]> {
  const alerts = await prometheus.alerts();
  return alerts
    .filter(({ labels }) => labels['namespace'] === namespace)
    .map(({ labels }) => `${labels['job']}: ${labels['alertname']}`)
    .toSorted();
}

/** The alerts of a namespace that have ever fired. */
export async function firedAlerts(prometheus: PrometheusApi, namespace: string): Promise<string[]> {
  const series = await prometheus.query(
    `count by (job, alertname) (count_over_time(ALERTS{alertstate="firing", namespace="${namespace}"}[1h]))`,
  );
  return series.map(({ labels }) => `${labels['job']}: ${labels['alertname']}`).toSorted();
}
