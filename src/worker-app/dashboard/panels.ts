import type { MetricsPorts } from '../ports/metrics-ports.js';
import { Matcher, promql, range, type Promql } from '../../prometheus/promql.js';
import type { Strategy } from '../worker-app-props.js';
import type { TargetLabels } from '../scraping/target-labels.js';
import { ofEachWorker, ofPorts, ofTarget, scrapedOnce } from '../alerts/of-target.js';
import { RECORDED, RESTARTS_WINDOW, rateWindow } from '../alerts/recording-rules.js';

/** A graph: its queries, and how it shows the values. */
export interface Panel {
  readonly title: string;
  readonly description: string;
  /** Unit, by Grafana's name. */
  readonly unit: 'reqps' | 'percentunit' | 's' | 'bytes' | 'short';
  readonly queries: readonly Query[];
}

export interface Query {
  readonly expr: Promql;
  /** Text of the legend. `{{pod}}` is the value of the label `pod`. */
  readonly legend: string;
}

/** Rows of panels. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** The application that a dashboard shows. */
export interface ShownApp {
  readonly target: TargetLabels;
  /** Metrics ports of each pod. */
  readonly ports: MetricsPorts;
  /** Time between two scrapes. */
  readonly interval: string;
  readonly strategy: Strategy;
}

export function rows(app: ShownApp): Row[] {
  return [
    { title: 'Requests', panels: [requests(app), errors(app), latency(app)] },
    {
      title: 'Workers',
      panels: [workers(app), ...(app.strategy === 'port-per-worker' ? workerPanels(app) : [])],
    },
  ];
}

function requests({ target }: ShownApp): Panel {
  return {
    title: 'Requests',
    description: 'Responses per second of all workers, by status.',
    unit: 'reqps',
    queries: [{ expr: ofTarget(RECORDED.responses, target), legend: '{{status}}' }],
  };
}

function errors({ target }: ShownApp): Panel {
  const failed = promql`sum(${ofTarget(RECORDED.responses, target, Matcher.regex('status', '5..'))})`;
  const all = promql`sum(${ofTarget(RECORDED.responses, target)})`;
  return {
    title: 'Errors',
    description: 'Share of responses with a status of 500 or above.',
    unit: 'percentunit',
    queries: [{ expr: promql`(${failed} or 0 * ${all}) / ${all}`, legend: 'errors' }],
  };
}

function latency({ target }: ShownApp): Panel {
  return {
    title: 'Latency',
    description: 'Response time: 50 %, 95 % and 99 % of the requests take less time than this.',
    unit: 's',
    queries: [0.5, 0.95, 0.99].map((quantile) => ({
      expr: promql`histogram_quantile(${quantile}, ${ofTarget(RECORDED.latency, target)})`,
      legend: `${quantile * 100} %`,
    })),
  };
}

function workers({ target, strategy }: ShownApp): Panel {
  return {
    title: strategy === 'port-per-worker' ? 'Workers scraped' : 'Pods scraped',
    description:
      'Metrics ports that Prometheus scrapes (live) and should scrape (wanted). If live is lower, metrics are missing.',
    unit: 'short',
    queries: [
      { expr: promql`sum(${ofTarget(RECORDED.liveWorkers, target)})`, legend: 'live' },
      { expr: promql`sum(${ofTarget(RECORDED.wantedWorkers, target)})`, legend: 'wanted' },
    ],
  };
}

function workerPanels({ target, ports, interval }: ShownApp): Panel[] {
  const worker = '{{pod}} {{endpoint}}';
  const window = rateWindow(interval);
  const answered = ofTarget('django_http_requests_total_by_method_total', target);
  const rate = scrapedOnce(promql`rate(${answered}${window})`);
  const ofWorkers = (gauge: string) => ofPorts(gauge, target, ports);
  return [
    {
      title: 'Requests by worker',
      description: 'Requests per second of each worker. Similar lines mean that the workers share the work.',
      unit: 'reqps',
      queries: [{ expr: promql`sum by (pod, endpoint) (${rate})`, legend: worker }],
    },
    {
      title: 'Memory by worker',
      description:
        'Resident memory of each worker. Workers share some of it: a pod uses less than their sum.',
      unit: 'bytes',
      queries: [{ expr: ofEachWorker(ofWorkers('process_resident_memory_bytes'), target), legend: worker }],
    },
    {
      title: 'Memory by pod',
      description:
        'Resident memory of all workers of a pod. Memory that they share is counted for each worker.',
      unit: 'bytes',
      queries: [{ expr: ofTarget(RECORDED.memory, target), legend: '{{pod}}' }],
    },
    {
      title: 'Restarts by worker',
      description: 'Number of restarts of the worker on a port within 15 minutes.',
      unit: 'short',
      queries: [
        {
          expr: ofEachWorker(
            promql`changes(${ofWorkers('process_start_time_seconds')}${range(RESTARTS_WINDOW)})`,
            target,
          ),
          legend: worker,
        },
      ],
    },
  ];
}
