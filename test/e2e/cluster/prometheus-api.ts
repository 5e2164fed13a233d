export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ScrapeTarget {
  readonly labels: Readonly<Record<string, string>>;
  /** Its scrape job: `serviceMonitor/shop/web/0`. */
  readonly scrapePool: string;
  readonly health: 'up' | 'down' | 'unknown';
  /** Why the last scrape failed; empty if it did not. */
  readonly lastError: string;
  /** As RFC 3339. */
  readonly lastScrape: string;
}

/** What Prometheus has of one scrape job. */
export interface ScrapePool {
  readonly targets: number;
  readonly dropped: number;
}

/** A rule, and whether its expression could be evaluated. */
export interface EvaluatedRule {
  readonly name: string;
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
  /** As RFC 3339. */
  readonly lastEvaluation: string;
}

/** An alert that waits (`pending`) or fires. */
export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

/** The HTTP API of a Prometheus. */
export class PrometheusApi {
  constructor(protected readonly url: string) {}

  async query(promql: string): Promise<Series[]> {
    const { result } = (await this.get(`query?query=${encodeURIComponent(promql)}`)) as {
      result: { metric: Record<string, string>; value: [number, string] }[];
    };
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** The one value of a query that gives one. */
  async value(promql: string): Promise<number> {
    const series = await this.query(promql);
    if (series.length !== 1) throw new Error(`${promql} gives ${series.length} series, not one`);
    return series[0]?.value ?? Number.NaN;
  }

  async targets(): Promise<ScrapeTarget[]> {
    const { activeTargets } = (await this.get('targets?state=active')) as { activeTargets: ScrapeTarget[] };
    return activeTargets;
  }

  /** The scrape jobs by their name: `serviceMonitor/shop/web/0`. */
  async scrapePools(): Promise<Map<string, ScrapePool>> {
    const targets = await this.targets();
    const { droppedTargetCounts } = (await this.get('targets?state=dropped')) as {
      droppedTargetCounts: Record<string, number>;
    };
    return new Map(
      Object.entries(droppedTargetCounts).map(([pool, dropped]) => [
        pool,
        { dropped, targets: targets.filter(({ scrapePool }) => scrapePool === pool).length },
      ]),
    );
  }

  /** The names of its scrape jobs, also of those that find nothing. */
  async scrapeJobs(): Promise<string[]> {
    const { scrapePools } = (await this.get('scrape_pools')) as { scrapePools: string[] };
    return scrapePools;
  }

  async rules(): Promise<EvaluatedRule[]> {
    const { groups } = (await this.get('rules')) as { groups: { rules: EvaluatedRule[] }[] };
    return groups.flatMap(({ rules }) => rules);
  }

  /** Those that wait or fire. */
  async alerts(): Promise<Alert[]> {
    const { alerts } = (await this.get('alerts')) as { alerts: Alert[] };
    return alerts;
  }

  /** Where it sends its alerts. */
  async alertmanagers(): Promise<string[]> {
    const { activeAlertmanagers } = (await this.get('alertmanagers')) as {
      activeAlertmanagers: { url: string }[];
    };
    return activeAlertmanagers.map(({ url }) => url);
  }

  protected async get(what: string): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1/${what}`);
    const { status, data, error } = (await response.json()) as {
      status: string;
      data: unknown;
      error?: string;
    };
    if (status !== 'success') throw new Error(error);
    return data;
  }
}
