import { nearestName } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { whenScraped, type Scraped } from '../scraping/scraped-app.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { ALERTS } from './alerts-keys.js';
import { RESTARTS_WINDOW } from './recording-rules.js';

type Alerted = Pick<Scraped, 'metrics' | 'alerts' | 'dashboard' | 'serviceWindows'>;

/** The constraints between alerts or a dashboard, and the metrics that they read. */
export const ALERT_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = whenScraped([
  { reads: ['alerts', 'metrics.strategy'], problems: singleWorkers },
  { reads: ['alerts', 'metrics.strategy', 'serviceWindows'], problems: windows },
  { reads: ['alerts', 'dashboard', 'metrics.interval', 'metrics.strategy'], problems: longInterval },
  { reads: ['alerts', 'metrics.interval', 'metrics.strategy'], problems: unseenRestarts },
  { reads: ['alerts.latency', 'metrics.strategy'], problems: unseenLatency },
]);

function singleWorkers({ alerts, metrics }: Alerted): FieldDiagnostic[] {
  const { strategy } = metrics;
  if (strategy === 'port-per-worker' || alerts === false || alerts.workerRestarts === false) return [];
  const message = `with metrics.strategy: ${strategy} there are no metrics for each worker`;
  const hint = 'remove it';
  return [{ path: ['alerts', 'workerRestarts'], message, hint }];
}

function windows({ alerts, metrics, serviceWindows = [] }: Alerted): FieldDiagnostic[] {
  if (alerts === false) return [];
  const components = [...new Set(serviceWindows.map(({ component }) => component))];
  return ALERTS.flatMap((key) => {
    const { onlyIn } = alerts[key] || {};
    if (onlyIn === undefined || (key === 'workerRestarts' && metrics.strategy !== 'port-per-worker'))
      return [];
    const problem = metrics.strategy === 'multiprocess' ? WINDOWS_LOST : unknownComponent(onlyIn, components);
    return problem === undefined ? [] : [{ path: ['alerts', key, 'onlyIn'], ...problem }];
  });
}

const WINDOWS_LOST = {
  message: 'with metrics.strategy: multiprocess there are no metrics of service windows',
  hint: 'remove it, and let Alertmanager mute the notifications (docs/service-windows.md)',
};

function unknownComponent(name: string, known: readonly string[]) {
  if (known.includes(name)) return undefined;
  const advice =
    known.length === 0
      ? 'add one to serviceWindows, or remove onlyIn'
      : `known are ${known.map((component) => JSON.stringify(component)).join(', ')}`;
  return {
    message: `no service window of a component ${JSON.stringify(name)}`,
    hint: nearestName(name, known) ?? advice,
  };
}

/** With a longer interval, one missed scrape makes a series look gone: Prometheus looks back 5 minutes for a sample. */
const LONGEST_INTERVAL = PrometheusDuration.parse('2m');

function longInterval(app: Alerted): FieldDiagnostic[] {
  const { interval } = app.metrics;
  const harmed = [...harmedAlerts(app), ...(app.dashboard ? ['dashboard'] : [])];
  if (harmed.length === 0 || !isLong(interval)) return [];
  const message = `${interval} is above ${LONGEST_INTERVAL}, and Prometheus forgets a sample after 5 minutes: one missed scrape would make a target look gone`;
  const hint = `lower it to ${LONGEST_INTERVAL} or below, or do not use ${harmed.join(', ')}`;
  return [{ path: ['metrics', 'interval'], message, hint }];
}

/** Rates look back far enough; the state of a service window needs the latest sample. */
function harmedAlerts({ alerts }: Alerted): string[] {
  if (alerts === false) return [];
  return ALERTS.flatMap((key) => {
    const alert = alerts[key];
    if (alert === false) return [];
    if (key !== 'errorRatio' && key !== 'latency') return [`alerts.${key}`];
    return alert.onlyIn === undefined ? [] : [`alerts.${key}.onlyIn`];
  });
}

function isLong(interval: string): boolean {
  return PrometheusDuration.parse(interval).isLongerThan(LONGEST_INTERVAL);
}

/** Several restarts between two scrapes count as one. */
function unseenRestarts({ alerts, metrics: { interval, strategy } }: Alerted): FieldDiagnostic[] {
  if (alerts === false || alerts.workerRestarts === false) return [];
  if (strategy !== 'port-per-worker' || isLong(interval)) return [];
  const { threshold } = alerts.workerRestarts;
  const scrapes = Math.floor(RESTARTS_WINDOW.milliseconds / PrometheusDuration.parse(interval).milliseconds);
  const restarts = scrapes - 1;
  if (threshold < restarts) return [];
  const message = `${threshold} can never be exceeded: with metrics.interval ${interval}, ${RESTARTS_WINDOW} hold ${scrapes} scrapes, which show at most ${restarts} restarts`;
  const hint = `lower it to ${restarts - 1} or below`;
  return [{ path: ['alerts', 'workerRestarts', 'threshold'], message, hint }];
}

/** Prometheus cannot compute a quantile above the largest finite bucket. */
function unseenLatency({ alerts }: Alerted): FieldDiagnostic[] {
  if (alerts === false || alerts.latency === false) return [];
  const { threshold, largestBucket } = alerts.latency;
  if (threshold < largestBucket) return [];
  const message = `${threshold} can never be exceeded: Prometheus sees no latency above the largest bucket, ${largestBucket} s`;
  const hint = `lower it below ${largestBucket}, or set alerts.latency.largestBucket to that of PROMETHEUS_LATENCY_BUCKETS`;
  return [{ path: ['alerts', 'latency', 'threshold'], message, hint }];
}
