import { promql, range, type Promql } from '../../prometheus/promql.js';
import type { MetricsPorts } from '../ports/metrics-ports.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import type { TargetLabels } from '../scraping/target-labels.js';
import { byTarget, ofEachWorker, ofPorts, ofTarget, scrapedOnce, workersByPod } from './of-target.js';

/** A rule that records the result of an expression as a series. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: Promql;
}

/** The values from which the recording rules are built. */
export interface RecordedApp {
  readonly target: TargetLabels;
  /** Metrics ports of each pod. */
  readonly ports: MetricsPorts;
  /** Time between two scrapes. */
  readonly interval: string;
}

/** Names of the series over all workers, which dashboards and alerts query. */
export const RECORDED = {
  /** Responses per second, by status. */
  responses: 'namespace_job_status:django_http_responses:rate',
  /** Requests per second, by bucket of the response time (`le`, in seconds). */
  latency: 'namespace_job_le:django_http_requests_latency_seconds:rate',
  /** Number of workers that Prometheus scrapes, by pod. */
  liveWorkers: 'namespace_job_pod:up:sum',
  /** Number of workers that Prometheus should scrape, by pod. */
  wantedWorkers: 'namespace_job_pod:up:count',
  /** Resident memory in bytes, by pod. */
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

/** The time over which the restarts of a worker are counted. */
export const RESTARTS_WINDOW = PrometheusDuration.parse('15m');

/** 5 minutes, or longer to contain at least 4 scrapes: a rate needs 2 samples, also when a scrape fails. */
export function rateWindow(interval: string): Promql {
  const usual = PrometheusDuration.parse('5m');
  const fourScrapes = PrometheusDuration.parse(interval).times(4);
  return range(fourScrapes.isLongerThan(usual) ? fourScrapes : usual);
}
