import type { TextFormat } from '../../kubernetes/text-formats.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { Metrics } from './scraped-app.js';
import type { TargetLabels } from './target-labels.js';

export const GRAPHITE_HOST: TextFormat = {
  what: 'a host name such as graphite.monitoring.svc, or an IPv4 address, without a port',
  pattern: /^[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?)*$/,
  maxLength: 253,
};

export const GRAPHITE_PREFIX: TextFormat = {
  what: 'words of letters, digits, "_" and "-", with "." between them, at most 200 characters',
  pattern: /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/,
  maxLength: 200,
};

/** Graphite stores at most one value per second. */
const SHORTEST = PrometheusDuration.parse('1s');

/** The settings of Graphite in settings.json, which our gunicorn config reads. */
export interface GraphiteSettings {
  readonly host: string;
  readonly port: number;
  /** Seconds between two pushes. */
  readonly interval: number;
  readonly prefix?: string;
  /** Tags of every metric, in addition to its labels, the pod and the worker. Named like the labels of targets. */
  readonly tags: Readonly<Record<string, string>>;
}

export function graphiteSettings(
  { host, port, interval, prefix }: NonNullable<Metrics['graphite']>,
  { namespace, job }: TargetLabels,
): GraphiteSettings {
  return {
    host,
    port,
    interval: PrometheusDuration.parse(interval).milliseconds / 1000,
    ...(prefix !== undefined && { prefix }),
    tags: { namespace, job },
  };
}

/** The constraints between `metrics.graphite` and the other keys of `metrics`. */
export function graphiteProblems({ metrics }: { readonly metrics: Metrics }): FieldDiagnostic[] {
  const { graphite, exporter } = metrics;
  if (graphite === undefined) return [];
  const problems: FieldDiagnostic[] = [];
  if (exporter !== 'gunicorn') {
    const message = 'our gunicorn config pushes the metrics that it serves';
    const hint = 'set metrics.exporter to gunicorn, or remove it';
    problems.push({ path: ['metrics', 'graphite'], message, hint });
  }
  const { interval } = graphite;
  if (SHORTEST.isLongerThan(PrometheusDuration.parse(interval))) {
    const message = `${interval} is below 1s, and Graphite stores at most one value per second`;
    const hint = 'raise it to 1s or above';
    problems.push({ path: ['metrics', 'graphite', 'interval'], message, hint });
  }
  return problems;
}
