import { MetricsPorts } from '../ports/metrics-ports.js';
import { defaultStartPort, GRAPHITE_DEFAULTS, SCRAPING_DEFAULTS } from './scraping-defaults.js';
import type {
  EndpointStyle,
  Graphite,
  MetricsService,
  MonitorKind,
  ScrapeOptions,
  Strategy,
  WorkerAppMetrics,
} from './scraping-props.js';

/** How the workers are scraped, with every default in place. */
export interface Scraping {
  readonly ports: MetricsPorts;
  readonly exporter: 'app' | 'gunicorn';
  readonly strategy: Strategy;
  readonly monitor: MonitorKind;
  readonly endpoints: EndpointStyle;
  readonly service: MetricsService;
  readonly interval: string;
  readonly scrapeTimeout?: string;
  readonly graphite?: Graphite & Required<Pick<Graphite, keyof typeof GRAPHITE_DEFAULTS>>;
  readonly options: ScrapeOptions;
}

/**
 * @param metrics without problems
 * @throws RangeError when the workers have no ports
 */
export function resolveScraping(workers: number, httpPort: number, metrics: WorkerAppMetrics = {}): Scraping {
  const {
    startPort = defaultStartPort(httpPort),
    strategy = SCRAPING_DEFAULTS.strategy,
    exporter = defaultExporter(strategy),
    monitor = SCRAPING_DEFAULTS.monitor,
    endpoints = SCRAPING_DEFAULTS.endpoints,
    service = SCRAPING_DEFAULTS.service,
    interval = SCRAPING_DEFAULTS.interval,
    scrapeTimeout,
    graphite,
    ...options
  } = metrics;
  const ports =
    strategy === 'multiprocess'
      ? MetricsPorts.shared(startPort)
      : MetricsPorts.forWorkers(workers, startPort);
  return {
    ports,
    exporter,
    strategy,
    monitor,
    endpoints,
    service,
    interval,
    scrapeTimeout,
    graphite: graphite && { ...GRAPHITE_DEFAULTS, ...graphite },
    options,
  };
}

/** The sums of all workers are nobody's to serve but gunicorn's master. */
export function defaultExporter(strategy: Strategy): 'app' | 'gunicorn' {
  return strategy === 'multiprocess' ? 'gunicorn' : SCRAPING_DEFAULTS.exporter;
}
