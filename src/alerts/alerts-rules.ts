import type { FieldRule } from '../fields/field-rules.js';
import { didYouMean } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';
import { PrometheusDuration } from '../prometheus/prometheus-duration.js';
import type { WorkerAppMetrics } from '../scraping/scraping-props.js';
import { SCRAPING_DEFAULTS } from '../scraping/scraping-defaults.js';
import type { ServiceWindow } from '../service-windows/service-window-props.js';
import { isPossible, resolveAlerts, type AlertSpecs } from './alerts.js';
import { ALERTS, type WorkerAppAlerts } from './alerts-props.js';
import { RESTARTS_WINDOW } from './recording-rules.js';

/** Whatever has `alerts` and a dashboard. */
interface Alerted {
  readonly metrics?: WorkerAppMetrics;
  readonly alerts?: boolean | WorkerAppAlerts;
  readonly dashboard?: boolean;
  readonly serviceWindows?: readonly ServiceWindow[];
}

/** What must hold between alerts, or a dashboard, and what they watch. */
export const ALERT_RULES: readonly FieldRule<Alerted>[] = [
  { reads: ['alerts', 'metrics.strategy'], problems: impossible },
  { reads: ['alerts', 'metrics.strategy', 'serviceWindows'], problems: windows },
  { reads: ['alerts', 'dashboard', 'metrics.interval', 'metrics.strategy'], problems: longInterval },
  { reads: ['alerts', 'metrics.interval', 'metrics.strategy'], problems: unseenRestarts },
  { reads: ['alerts.latency', 'metrics.strategy'], problems: unseenLatency },
];

function impossible({ alerts, metrics }: Alerted): FieldProblem[] {
  const strategy = metrics?.strategy ?? SCRAPING_DEFAULTS.strategy;
  return given(alerts)
    .filter(({ key }) => !isPossible(key, strategy))
    .map(({ key }) => ({
      path: ['alerts', key],
      message: `with metrics.strategy: ${strategy} there are no metrics of single workers; remove it`,
    }));
}

function windows({ alerts, metrics, serviceWindows = [] }: Alerted): FieldProblem[] {
  const strategy = metrics?.strategy ?? SCRAPING_DEFAULTS.strategy;
  const components = [...new Set(serviceWindows.map(({ component }) => component))];
  return given(alerts).flatMap(({ key, onlyIn }) => {
    if (onlyIn === undefined || !isPossible(key, strategy)) return [];
    const message = strategy === 'multiprocess' ? WINDOWS_LOST : unknownComponent(onlyIn, components);
    return message === undefined ? [] : [{ path: ['alerts', key, 'onlyIn'], message }];
  });
}

const WINDOWS_LOST =
  'with metrics.strategy: multiprocess the collector that says when a component is in its window is lost; remove it, and let Alertmanager hold the notifications back (docs/service-windows.md)';

function unknownComponent(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) return undefined;
  const advice =
    known.length === 0
      ? 'declare one in serviceWindows, or remove onlyIn'
      : `known are ${known.map((component) => JSON.stringify(component)).join(', ')}`;
  return `no service window of a component ${JSON.stringify(name)}${didYouMean(name, known) || `; ${advice}`}`;
}

/** So long may a scrape be missed before Prometheus, after 5 minutes, forgets the sample of the one before. */
const LONGEST_INTERVAL = PrometheusDuration.parse('2m');

function longInterval({ alerts, dashboard, metrics = {} }: Alerted): FieldProblem[] {
  const { interval, strategy = SCRAPING_DEFAULTS.strategy } = metrics;
  const harmed = [
    ...harmedAlerts(resolveAlerts(alerts, { strategy })),
    ...(dashboard === true ? ['dashboard'] : []),
  ];
  if (interval === undefined || harmed.length === 0 || !isLong(interval)) return [];
  const message = `${interval} is above ${LONGEST_INTERVAL}, and Prometheus forgets a sample after 5 minutes: one missed scrape would make a target look gone; lower it to ${LONGEST_INTERVAL} or below, or do without ${harmed.join(', ')}`;
  return [{ path: ['metrics', 'interval'], message }];
}

/** Rates look back as far as they must; whether a window is open is told by the last sample only. */
function harmedAlerts(specs: AlertSpecs): string[] {
  return ALERTS.flatMap((key) => {
    if (specs[key] === undefined) return [];
    if (key !== 'errorRatio' && key !== 'latency') return [`alerts.${key}`];
    return specs[key].onlyIn === undefined ? [] : [`alerts.${key}.onlyIn`];
  });
}

function isLong(interval: string): boolean {
  return PrometheusDuration.parse(interval).isLongerThan(LONGEST_INTERVAL);
}

/** Between two scrapes any number of restarts look like one. */
function unseenRestarts({ alerts, metrics = {} }: Alerted): FieldProblem[] {
  const { interval = SCRAPING_DEFAULTS.interval, strategy = SCRAPING_DEFAULTS.strategy } = metrics;
  const { threshold } = resolveAlerts(alerts, { strategy }).workerRestarts ?? {};
  if (threshold === undefined || isLong(interval)) return [];
  const scrapes = Math.floor(RESTARTS_WINDOW.milliseconds / PrometheusDuration.parse(interval).milliseconds);
  const restarts = scrapes - 1;
  if (threshold < restarts) return [];
  const message = `${threshold} can never be exceeded: with metrics.interval ${interval}, ${RESTARTS_WINDOW} hold ${scrapes} scrapes, which tell of ${restarts} restarts at most; lower it to ${restarts - 1} or below`;
  return [{ path: ['alerts', 'workerRestarts', 'threshold'], message }];
}

/** What Prometheus makes of a histogram is never above the bounds of its buckets. */
function unseenLatency({ alerts, metrics = {} }: Alerted): FieldProblem[] {
  const { strategy = SCRAPING_DEFAULTS.strategy } = metrics;
  const { latency } = resolveAlerts(alerts, { strategy });
  if (latency === undefined || latency.threshold < latency.largestBucket) return [];
  const { threshold, largestBucket } = latency;
  const message = `${threshold} can never be exceeded: no latency is seen to be above the largest bucket, ${largestBucket} s; lower it below ${largestBucket}, or set alerts.latency.largestBucket to that of PROMETHEUS_LATENCY_BUCKETS`;
  return [{ path: ['alerts', 'latency', 'threshold'], message }];
}

/** The alerts that are asked for by name. */
function given(alerts: boolean | WorkerAppAlerts | undefined) {
  if (typeof alerts !== 'object') return [];
  return ALERTS.flatMap((key) => {
    const options = alerts[key];
    if (options === undefined || options === false) return [];
    return [{ key, onlyIn: options === true ? undefined : options.onlyIn }];
  });
}
