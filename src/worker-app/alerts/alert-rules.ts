import { deploymentPodNames } from '../../kubernetes/pod-names.js';
import type { MetricsPorts } from '../ports/metrics-ports.js';
import { Matcher, promql, range, selector, type Promql } from '../../prometheus/promql.js';
import type { TargetLabels } from '../scraping/target-labels.js';
import type { AlertSpec, AlertSpecs } from './alerts.js';
import { byTarget, ofPorts, ofTarget, scrapedOnce, workersByPod } from './of-target.js';
import { RECORDED, RESTARTS_WINDOW } from './recording-rules.js';
import { onlyInWindow, unlessOutOfWindow } from './window-condition.js';

/** An alerting rule of a PrometheusRule. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: Promql;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The application that the alert rules monitor. */
export interface WatchedApp {
  readonly name: string;
  readonly target: TargetLabels;
  /** Metrics ports of each pod. */
  readonly ports: MetricsPorts;
  /** The fewest pods. If it is 0, no target is no problem. */
  readonly fewestPods: number;
}

/** The part of an alert that does not depend on its options. */
interface Alert {
  readonly alert: string;
  readonly expr: Promql;
  readonly summary: string;
  readonly description: string;
}

/** The rules of the enabled alerts. */
export function alertRules(app: WatchedApp, specs: AlertSpecs): AlertRule[] {
  const { workersNotScraped, workerRestarts, errorRatio, latency, unappliedMigrations } = specs;
  const inWindow = (spec: AlertSpec, expr: Promql) =>
    spec.onlyIn === undefined ? expr : onlyInWindow(expr, spec.onlyIn, app.target);
  return [
    // This alert must also fire when the metrics of the service window are missing.
    ...rule(
      workersNotScraped,
      (spec) => notScraped(app, spec),
      ({ onlyIn }, expr) => (onlyIn === undefined ? expr : unlessOutOfWindow(expr, onlyIn, app.target)),
    ),
    ...rule(workerRestarts, (spec) => restarts(app, spec), inWindow),
    ...rule(errorRatio, (spec) => errors(app, spec), inWindow),
    ...rule(latency, (spec) => slow(app, spec), inWindow),
    ...rule(unappliedMigrations, () => migrations(app), inWindow),
  ];
}

function rule<Spec extends AlertSpec>(
  spec: Spec | undefined,
  define: (spec: Spec) => Alert,
  inWindow: (spec: Spec, expr: Promql) => Promql,
): AlertRule[] {
  if (spec === undefined) return [];
  const { alert, expr, summary, description } = define(spec);
  return [
    {
      alert,
      expr: inWindow(spec, expr),
      for: spec.for,
      labels: { ...spec.labels, severity: spec.severity },
      annotations: {
        summary,
        description,
        ...(spec.runbook !== undefined && { runbook_url: spec.runbook }),
      },
    },
  ];
}

/**
 * Fires when fewer workers of a pod are up than `workers`, and fewer than the pod has ports. Spare ports do not fire it, and
 * pods of a release with fewer workers are compared with their own number. A worker without a port is a target that is down.
 * A pod without targets is found by kube-state-metrics, an application without targets by `absent`.
 */
function notScraped(app: WatchedApp, { sharded }: { readonly sharded: boolean }): Alert {
  const { name, target, ports, fewestPods } = app;
  const summary = `Workers of ${name} are not scraped.`;
  const log = ports.isShared
    ? 'Read the log of the pod.'
    : 'Read the log of the pod: it names each worker without a metrics port.';
  if (sharded)
    return {
      alert: 'WorkersNotScraped',
      expr: notScrapedByShard(app),
      summary,
      description: `${BY_SHARD} ${log}`,
    };
  const up = ofPorts('up', target, ports);
  const { live, wanted } = workersByPod(up, target);
  const some = promql`${live} < ${ports.count} and ${live} < ${wanted}`;
  const none = promql`0 * (${readyPods(name, target)} unless on (namespace, pod) ${upAnywhere(target, ports)})`;
  return {
    alert: 'WorkersNotScraped',
    expr: fewestPods === 0 ? promql`${some} or ${none}` : promql`${some} or ${none} or 0 * absent(${up})`,
    summary,
    description:
      `Prometheus scrapes {{ $value }} targets{{ with $labels.pod }} of pod {{ . }}{{ end }}. ` +
      `A pod of this release has ${ports.count}. ${ports.isShared ? ALL_MISSING : MISSING} ${log}`,
  };
}

const ALL_MISSING = 'The metrics of all its workers are missing from every graph and alert.';

const MISSING = 'The metrics of the other workers are missing from every graph and alert.';

const BY_SHARD = `A shard of Prometheus scrapes only {{ $value }} of its targets in pod {{ $labels.pod }}. ${MISSING}`;

/**
 * A shard scrapes some of a pod's targets, or none, and cannot see those of the other shards. Therefore only targets that are
 * down count, and only ports of this release: a shard cannot tell which ports of another release are spare.
 */
function notScrapedByShard({ target, ports }: WatchedApp): Promql {
  const up = ofTarget('up', target, Matcher.regex('endpoint', ports.ownNames));
  const { live, wanted } = workersByPod(up, target);
  return promql`${live} < ${wanted}`;
}

function readyPods(name: string, { namespace }: TargetLabels): Promql {
  const ready = selector(
    'kube_pod_status_ready',
    Matcher.equal('namespace', namespace),
    Matcher.regex('pod', deploymentPodNames(name)),
    Matcher.equal('condition', 'true'),
  );
  return promql`count by (namespace, pod) (${ready} == 1)`;
}

/** Does not select by `metrics.labels`: kube-state-metrics also finds pods whose targets have other values of them. */
function upAnywhere({ namespace, job }: TargetLabels, ports: MetricsPorts): Promql {
  return ofPorts('up', { namespace, job }, ports);
}

function restarts({ name, target, ports }: WatchedApp, { threshold }: { readonly threshold: number }): Alert {
  const starts = ofPorts('process_start_time_seconds', target, ports);
  const changes = promql`changes(${starts}${range(RESTARTS_WINDOW)})`;
  return {
    alert: 'WorkerRestartsTooOften',
    expr: promql`${scrapedOnce(changes)} > ${threshold}`,
    summary: `A worker of ${name} restarts too often.`,
    description:
      'The worker on port {{ $labels.endpoint }} of pod {{ $labels.pod }} restarted {{ $value }} times within 15 minutes. ' +
      'Its requests may have failed. Read the log of the pod: it says whether the worker timed out, was killed ' +
      'because it used too much memory, or exited by itself.',
  };
}

function errors({ name, target }: WatchedApp, { threshold }: { readonly threshold: number }): Alert {
  const failed = ofTarget(RECORDED.responses, target, Matcher.regex('status', '5..'));
  const all = ofTarget(RECORDED.responses, target);
  const whole = byTarget(target);
  return {
    alert: 'HighErrorRatio',
    expr: promql`sum ${whole} (${failed}) / sum ${whole} (${all}) > ${threshold}`,
    summary: `Too many requests to ${name} fail.`,
    description:
      `{{ $value | humanizePercentage }} of all responses have a status of 500 or above; the limit is ${percent(threshold)}. ` +
      'Read the errors in the log of the application. Check its last deployment, its database and the services that it calls.',
  };
}

function slow(
  { name, target }: WatchedApp,
  { threshold, quantile }: { readonly threshold: number; readonly quantile: number },
): Alert {
  return {
    alert: 'HighLatency',
    expr: promql`histogram_quantile(${quantile}, ${ofTarget(RECORDED.latency, target)}) > ${threshold}`,
    summary: `${name} responds too slowly.`,
    description:
      `One request in ${rounded(1 / (1 - quantile))} takes longer than {{ $value | humanizeDuration }}; the limit is ${threshold}s. ` +
      'If there are more requests than usual, add workers or replicas. If not, look for slow queries, or for a slow service that the application calls.',
  };
}

function migrations({ name, target }: WatchedApp): Alert {
  return {
    alert: 'UnappliedMigrations',
    // Every worker reports the same value: there is one database.
    expr: promql`max ${byTarget(target, 'connection')} (${ofTarget('django_migrations_unapplied_total', target)}) > 0`,
    summary: `Migrations of ${name} are not applied to its database.`,
    description:
      '{{ $value }} migrations of the running code are not applied to the database {{ $labels.connection }}. Requests ' +
      'may fail. Apply them with manage.py migrate, then restart the pods: Django counts them when a worker starts.',
  };
}

/** `0.05` as `5%`. */
function percent(share: number): string {
  return `${rounded(share * 100)}%`;
}

/** Without the rounding errors of floating-point numbers. */
function rounded(number: number): number {
  return Number(number.toPrecision(3));
}
