import { scrapeCost, type ScrapeCost } from './scrape-cost.js';
import type { ResolvedWorkerApp } from '../keys/index.js';

type Metrics = ResolvedWorkerApp['metrics'];

/** One way to scrape an application, and its cost. */
export interface ScrapeAlternative extends ScrapeCost {
  readonly strategy: Metrics['strategy'];
  readonly monitor: Metrics['monitor'];
  /** Undefined for a single port: both styles then have one endpoint. */
  readonly endpoints?: Metrics['endpoints'];
  /** Undefined with a PodMonitor, which needs no Service. */
  readonly service?: Metrics['service'];
}

/** The settings in which the ways differ. */
export type Way = Pick<ScrapeAlternative, 'strategy' | 'monitor' | 'endpoints' | 'service'>;

const PLACES = [
  { monitor: 'ServiceMonitor', service: 'shared' },
  { monitor: 'ServiceMonitor', service: 'headless' },
  { monitor: 'PodMonitor' },
] as const;

const WAYS: readonly Way[] = [
  ...PLACES.map((place) => ({ strategy: 'port-per-worker', ...place, endpoints: 'per-port' }) as const),
  ...PLACES.map((place) => ({ strategy: 'port-per-worker', ...place, endpoints: 'single' }) as const),
  ...PLACES.map((place) => ({ strategy: 'multiprocess', ...place }) as const),
];

/** Returns every way to scrape the given number of workers and pods. */
export function scrapeAlternatives(workers: number, pods: number, extraEndpoints = 0): ScrapeAlternative[] {
  return WAYS.map((way) => ({ ...way, ...costOf(way, workers, pods, extraEndpoints) }));
}

/** Whether an application is scraped in this way. */
export function isChosen(way: Way, { strategy, monitor, endpoints, service }: Required<Way>): boolean {
  return (
    way.strategy === strategy &&
    way.monitor === monitor &&
    (way.endpoints ?? endpoints) === endpoints &&
    (way.service ?? service) === service
  );
}

function costOf(
  { strategy, monitor, endpoints, service }: Way,
  workers: number,
  pods: number,
  extraEndpoints: number,
): ScrapeCost {
  const ports = strategy === 'multiprocess' ? 1 : workers;
  return scrapeCost(
    { ports, extraEndpoints, monitor, endpoints: endpoints ?? 'per-port', service: service ?? 'shared' },
    pods,
  );
}
