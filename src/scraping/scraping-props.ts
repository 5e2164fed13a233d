import type { ConfigMapKey, SecretKey } from '../kubernetes/references.js';
import type { Relabeling } from '../prometheus/relabeling.js';

/** How the workers are scraped. */
export interface WorkerAppMetrics extends ScrapeOptions {
  /**
   * Who serves the metrics of a worker on its port. `app`: the application itself, as django-prometheus does.
   * `gunicorn`: a configuration that we mount, which keeps trying until the worker has a port; the application must
   * then bind none (it is told by METRICS_EXPORTER=gunicorn).
   * @default app
   */
  readonly exporter?: 'app' | 'gunicorn';

  /**
   * Metrics port of the first worker; the others follow. 1024 or above, and no port of the range may be `http.port`.
   * @default - http.port + 1
   */
  readonly startPort?: number;

  /**
   * Time between two scrapes, in Prometheus' notation; 2 minutes at most with a `dashboard`, or with `alerts` other than
   * `errorRatio` and `latency`.
   * @default 30s
   */
  readonly interval?: string;

  /**
   * Time after which a scrape is given up; not above the interval.
   * @default - Prometheus' own (10s, or the interval where that is shorter)
   */
  readonly scrapeTimeout?: string;

  /**
   * `port-per-worker`: each worker's own metrics on a port of its own. `multiprocess`: prometheus_client adds up what
   * all workers wrote to a directory in memory, and gunicorn's master serves the sums on one port.
   * @default port-per-worker
   */
  readonly strategy?: Strategy;

  /**
   * The operator's object that finds the targets: through a Service, or the pods themselves.
   * @default ServiceMonitor
   */
  readonly monitor?: MonitorKind;

  /**
   * `per-port`: a scrape job for each worker. `single`: one scrape job that finds all metrics ports by relabelling; for
   * many workers it costs Prometheus far less. Targets have the same labels either way.
   * @default per-port
   */
  readonly endpoints?: EndpointStyle;

  /**
   * `shared`: the application's Service has the metrics ports too. `headless`: a second Service, `<name>-metrics`,
   * without an address of its own: its ports cost no rules on nodes, and are not offered beside the application's.
   * @default shared
   */
  readonly service?: MetricsService;

  /**
   * A Graphite to push the metrics to, beside the scrapes; only with `exporter: gunicorn`, which pushes what it serves.
   * @default - none
   */
  readonly graphite?: Graphite;
}

/** A Graphite that each worker pushes its metrics to (with `strategy: multiprocess`, gunicorn their sums). */
export interface Graphite {
  /** Name or address of its carbon, plaintext protocol over TCP. */
  readonly host: string;
  /** @default 2003 */
  readonly port?: number;
  /**
   * Time between two pushes, in Prometheus' notation; 1 s or more.
   * @default 30s
   */
  readonly interval?: string;
  /**
   * What the name of every metric begins with, before a dot.
   * @default - nothing
   */
  readonly prefix?: string;
}

export type Strategy = 'port-per-worker' | 'multiprocess';
export type MonitorKind = 'ServiceMonitor' | 'PodMonitor';
export type EndpointStyle = 'per-port' | 'single';
export type MetricsService = 'shared' | 'headless';

/** What a monitor says of its targets and samples; in the operator's words. */
export interface ScrapeOptions {
  /**
   * Whether each target has a label `worker` with the number of its worker.
   * @default false
   */
  readonly workerLabel?: boolean;

  /** Labels with the same value on every target, by which rules and dashboard know them, too; none that targets or their samples have already. */
  readonly labels?: Readonly<Record<string, string>>;

  /** Labels of the pod to copy to its targets; characters that Prometheus does not take become "_". */
  readonly podLabels?: readonly string[];

  /**
   * The label of the Service (of the pod, with a PodMonitor) whose value becomes the label `job`.
   * @default - the name of the application becomes `job`
   */
  readonly jobLabel?: string;

  /** Steps that change targets before a scrape, after our own. */
  readonly relabelings?: readonly Relabeling[];

  /** Steps that change samples after a scrape. */
  readonly metricRelabelings?: readonly Relabeling[];

  /** Samples in one scrape above which it fails. */
  readonly sampleLimit?: number;

  /** Targets of a scrape job above which all of them fail; no fewer than all pods have in a rollout. 0 is no limit. */
  readonly targetLimit?: number;

  /** Dropped targets that Prometheus keeps in memory. */
  readonly keepDroppedTargets?: number;

  /** Formats to ask for, the best first; OpenMetrics carries exemplars. @default - Prometheus' own */
  readonly scrapeProtocols?: readonly ScrapeProtocol[];

  /** Path of the metrics, without a query, which Prometheus would escape. @default /metrics */
  readonly path?: string;

  /** @default http */
  readonly scheme?: 'http' | 'https';

  /** What Prometheus needs to trust the application, and to be trusted; only with `scheme: https`. */
  readonly tls?: ScrapeTls;

  /** The Authorization header of scrapes; only with `exporter: app`, as our gunicorn configuration asks for none. */
  readonly authorization?: ScrapeAuthorization;
}

export const SCRAPE_PROTOCOLS = [
  'PrometheusProto',
  'OpenMetricsText0.0.1',
  'OpenMetricsText1.0.0',
  'PrometheusText0.0.4',
  'PrometheusText1.0.0',
] as const;

export type ScrapeProtocol = (typeof SCRAPE_PROTOCOLS)[number];

export interface ScrapeTls {
  /** Certificate of the authority. @default - those of Prometheus' system */
  readonly ca?: SecretKey | ConfigMapKey;
  /** Prometheus' own certificate. */
  readonly cert?: SecretKey | ConfigMapKey;
  /** The key to it. */
  readonly key?: SecretKey;
  /** The name that the application's certificate must have. @default - the target's address */
  readonly serverName?: string;
  /** @default false */
  readonly insecureSkipVerify?: boolean;
}

export interface ScrapeAuthorization {
  /** @default Bearer */
  readonly type?: string;
  readonly credentials: SecretKey;
}
