import { promql, range, type Promql } from '../../prometheus/promql.js';
import type { MetricsPorts } from '../ports/metrics-ports.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import type { TargetLabels } from '../scraping/target-labels.js';
import { byTarget, ofEachWorker, ofPorts, ofTarget, scrapedOnce, workersByPod } from './of-target.js';

/** A rule that keeps the result of an expression as a series. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: Promql;
}

/** What recording rules are made for. */
export interface RecordedApp {
  readonly target: TargetLabels;
  /** Of each pod. */
  readonly ports: MetricsPorts;
  /** Time between two scrapes. */
  readonly interval: string;
}

/** Series of all workers together: what dashboards and alerts ask for again and again. */
export const RECORDED = {
  /** Answers a second, by status. */
  responses: 'namespace_job_status:django_http_responses:rate',
  /** Requests a second, by upper bound of the seconds that they took. */
  latency: 'namespace_job_le:django_http_requests_latency_seconds:rate',
  /** Workers of each pod that are scraped. */
  liveWorkers: 'namespace_job_pod:up:sum',
  /** Workers of each pod that should be. */
  wantedWorkers: 'namespace_job_pod:up:count',
  /** Bytes, by pod. */
  memory: 'namespace_job_pod:process_resident_memory_bytes:sum',
} as const;

export function recordingRules({ target, ports, interval }: RecordedApp): RecordingRule[] {
  const window = rateWindow(interval);
  const rate = (counter: string) => scrapedOnce(promql`rate(${ofTarget(counter, target)}${window})`);
  const { live, wanted } = workersByPod(ofPorts('up', target, ports), target);
  const memory = ofEachWorker(ofPorts('process_resident_memory_bytes', target, ports), target);
  return [
    {
      record: RECORDED.responses,
      expr: promql`sum ${byTarget(target, 'status')} (${rate('django_http_responses_total_by_status_total')})`,
    },
    {
      record: RECORDED.latency,
      expr: promql`sum ${byTarget(target, 'le')} (${rate('django_http_requests_latency_seconds_by_view_method_bucket')})`,
    },
    { record: RECORDED.liveWorkers, expr: live },
    { record: RECORDED.wantedWorkers, expr: wanted },
    {
      record: RECORDED.memory,
      expr: promql`sum ${byTarget(target, 'pod')} (${memory})`,
    },
  ];
}

/** How far back the restarts of a worker are counted. */
export const RESTARTS_WINDOW = PrometheusDuration.parse('15m');

/** 5 minutes, as usual; longer where they would hold fewer than 4 scrapes, as a rate needs 2 even if one fails. */
export function rateWindow(interval: string): Promql {
  const usual = PrometheusDuration.parse('5m');
  const fourScrapes = PrometheusDuration.parse(interval).times(4);
  return range(fourScrapes.isLongerThan(usual) ? fourScrapes : usual);
}
