import { eventually, PATIENCE } from '../../e2e/cluster/eventually.js';
import type { PrometheusApi } from '../../e2e/cluster/prometheus-api.js';

/** Options of `alerts` that make each alert fire soon. A pod has started within two minutes, also on a busy machine. */
export const SHORT_ALERTS = {
  workersNotScraped: { for: '2m' },
  workerRestarts: { for: '5s' },
  errorRatio: { for: '5s' },
  // Requests are slow on a busy machine.
  latency: { for: '5s', threshold: 60 },
  unappliedMigrations: { for: '5s' },
};

/**
 * Waits until Prometheus has evaluated the rules of the applications once more, and no alert of a namespace waits or fires.
 * @returns when, as of `Date.now()`
 */
export async function allQuiet(prometheus: PrometheusApi, namespace: string): Promise<number> {
  const now = Date.now();
  return eventually(async () => {
    const rules = (await prometheus.rules()).filter(({ name }) => name === 'WorkersNotScraped');
    expect(rules).not.toEqual([]);
    expect(rules.filter(({ lastEvaluation }) => Date.parse(lastEvaluation) < now)).toEqual([]);
    const alerts = (await prometheus.alerts()).filter(({ labels }) => labels['namespace'] === namespace);
    expect(alerts).toEqual([]);
    return Date.now();
  }, 2 * PATIENCE);
}

/** The alerts of a namespace that have fired: `shop: WorkersNotScraped`. @param since milliseconds, as of `Date.now()` */
export async function firedAlerts(
  prometheus: PrometheusApi,
  namespace: string,
  since: number,
): Promise<string[]> {
  const fired = `ALERTS{alertstate="firing", namespace="${namespace}"}[${Date.now() - since}ms]`;
  const series = await prometheus.query(`count by (job, alertname) (count_over_time(${fired}))`);
  return series.map(({ labels }) => `${labels['job']}: ${labels['alertname']}`).toSorted();
}
