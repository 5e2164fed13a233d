import { scrapeCost, type ScrapeCost, type Scraped } from './scrape-cost.js';
import type { Metrics } from './scraped-app.js';

/** A method to scrape an application, and its cost. */
export interface ScrapeAlternative extends ScrapeCost {
  readonly strategy: Metrics['strategy'];
  readonly monitor: Metrics['monitor'];
  /** Undefined for a single port: both styles then have one endpoint. */
  readonly endpoints?: Metrics['endpoints'];
  /** Undefined with a PodMonitor, which needs no Service. */
  readonly service?: Metrics['service'];
}

/** The settings in which the methods differ. */
export type ScrapeMethod = Pick<ScrapeAlternative, 'strategy' | 'monitor' | 'endpoints' | 'service'>;

const PLACES = [
  { monitor: 'ServiceMonitor', service: 'shared' },
  { monitor: 'ServiceMonitor', service: 'headless' },
  { monitor: 'PodMonitor' },
] as const;

const METHODS: readonly ScrapeMethod[] = [
  ...PLACES.map((place) => ({ strategy: 'port-per-worker', ...place, endpoints: 'per-port' }) as const),
  ...PLACES.map((place) => ({ strategy: 'port-per-worker', ...place, endpoints: 'single' }) as const),
  ...PLACES.map((place) => ({ strategy: 'multiprocess', ...place }) as const),
];

/** For applications that serve the sums of their workers: others cannot choose it. */
const AGGREGATED: readonly ScrapeMethod[] = PLACES.map((place) => ({ strategy: 'aggregated', ...place }));

/** The facts that all methods share. */
export interface ScrapeContext extends Omit<Scraped, 'ports' | 'monitor' | 'endpoints' | 'service'> {
  /** The strategy of the application. */
  readonly strategy?: Metrics['strategy'];
}

/** Returns every scrape method for the given number of workers and pods. */
export function scrapeAlternatives(
  workers: number,
  pods: number,
  { strategy, ...context }: ScrapeContext = {},
): ScrapeAlternative[] {
  const methods = strategy === 'aggregated' ? [...METHODS, ...AGGREGATED] : METHODS;
  // Not spreads: V8 would give each result a hidden class of its own.
  return methods.map((method) => Object.assign({}, method, costOf(method, workers, pods, context)));
}

/** Whether an application is scraped by this method. */
export function isChosen(
  method: ScrapeMethod,
  { strategy, monitor, endpoints, service }: Required<ScrapeMethod>,
): boolean {
  return (
    method.strategy === strategy &&
    method.monitor === monitor &&
    (method.endpoints ?? endpoints) === endpoints &&
    (method.service ?? service) === service
  );
}

function costOf(
  { strategy, monitor, endpoints, service }: ScrapeMethod,
  workers: number,
  pods: number,
  context: Omit<ScrapeContext, 'strategy'>,
): ScrapeCost {
  const ports = strategy === 'port-per-worker' ? workers : 1;
  const ofSums = strategy === 'aggregated' ? context.ofSums : undefined;
  const settings = { ports, monitor, endpoints: endpoints ?? 'per-port', service: service ?? 'shared' };
  return scrapeCost(Object.assign({}, context, settings, { ofSums }), pods);
}
