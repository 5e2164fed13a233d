/** Which alerts an application has, and when they fire. All of them unless switched off. */
export interface WorkerAppAlerts {
  /**
   * More labels on every alert, such as the one by which Alertmanager finds the team; none by which two
   * alerts of one rule are told apart, such as `pod`.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;

  /** A worker that Prometheus cannot scrape, or a pod, or the whole application. @default true */
  readonly workersNotScraped?: boolean | WorkersNotScrapedOptions;

  /**
   * A worker that ends and is replaced again and again: more often than `threshold` within 15 minutes, of which each
   * scrape sees one.
   * @default true
   */
  readonly workerRestarts?: boolean | ThresholdAlertOptions;

  /** Answers with a status of 500 or above: `threshold` is their share of all answers, above 0 and below 1. @default true */
  readonly errorRatio?: boolean | ThresholdAlertOptions;

  /** Requests that take longer than `threshold` seconds. @default true */
  readonly latency?: boolean | LatencyAlertOptions;

  /** Migrations that the code has and the database has not; needs PROMETHEUS_EXPORT_MIGRATIONS in Django. @default true */
  readonly unappliedMigrations?: boolean | AlertOptions;
}

/** What can be said of any alert. */
export interface AlertOptions {
  /** How long its condition must hold before it fires, in Prometheus' notation. @default - docs/alerts.md */
  readonly for?: string;

  /** The label `severity`. @default - docs/alerts.md */
  readonly severity?: string;

  /** Address of a page that says what to do: the annotation `runbook_url`. @default - none */
  readonly runbook?: string;

  /** More labels, over those of all alerts; none by which its own are told apart. @default - none */
  readonly labels?: Readonly<Record<string, string>>;

  /** A component of `serviceWindows`: the alert fires only while this one is in its window. @default - at any time */
  readonly onlyIn?: string;
}

export interface WorkersNotScrapedOptions extends AlertOptions {
  /**
   * For rules that each shard of a sharded Prometheus evaluates (`spec.shards` above 1). A shard has some of a pod's targets,
   * or none: only targets that are down count then, not that all targets of a pod or of the application are missing.
   * @default false
   */
  readonly sharded?: boolean;
}

export interface ThresholdAlertOptions extends AlertOptions {
  /** Above this it fires. @default - docs/alerts.md */
  readonly threshold?: number;
}

export interface LatencyAlertOptions extends ThresholdAlertOptions {
  /** The share of requests that must be faster, above 0 and below 1. @default 0.95 */
  readonly quantile?: number;

  /**
   * Seconds of the largest bucket of PROMETHEUS_LATENCY_BUCKETS in Django's settings, other than infinity. No quantile is
   * ever above it, so `threshold` must be below.
   * @default 75
   */
  readonly largestBucket?: number;
}

/** The keys of the alerts. */
export const ALERTS = [
  'workersNotScraped',
  'workerRestarts',
  'errorRatio',
  'latency',
  'unappliedMigrations',
] as const;

export type AlertKey = (typeof ALERTS)[number];
