import {
  isChosen,
  scrapeAlternatives,
  type ScrapeAlternative,
  type ScrapeContext,
  type ScrapeMethod,
} from './scrape-alternatives.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import type { Metrics } from './scraped-app.js';

interface Scraped extends Pick<ResolvedWorkerApp, 'workers'> {
  readonly replicas: number;
  readonly metrics: Required<ScrapeMethod> & Partial<Pick<Metrics, 'targetLimit'>>;
  readonly context?: ScrapeContext;
}

/** How an application is scraped now, and the settings that cost less. */
export interface ScrapeRecommendation {
  /** Every method, with its cost. */
  readonly alternatives: readonly ScrapeAlternative[];
  readonly now: ScrapeAlternative;
  /** The same as `now` if the settings need no change. */
  readonly best: ScrapeAlternative;
  /** The keys of `metrics` to set; empty if the settings need no change. */
  readonly settings: Pick<Partial<Scraped['metrics']>, 'endpoints' | 'service' | 'targetLimit'>;
  /** Relabelings if the API server selects the Service or pods; undefined if that saves little. */
  readonly selected?: number;
}

/** Most relabelings for which a scrape job for each worker is cheap: 30 workers in each of 10 pods have 9,300. */
const FEW_RELABELINGS = 10_000;

/** Relabelings above which watches of the API server for one monitor may be worth their price. */
const WORTH_A_WATCH = 1000;

/** Most workers for which a scrape job for each worker is cheap. */
const FEW_WORKERS = 30;

/** Most iptables rules that an application should cost each node: kube-proxy writes thousands of them slowly. */
const FEW_IPTABLES_RULES = 1000;

/**
 * Recommends settings with the same targets, labels and metrics as now. `strategy` and `monitor` stay, because others
 * lose metrics, or may not be selected by the user's Prometheus.
 */
export function recommendScraping({ workers, replicas, metrics, context }: Scraped): ScrapeRecommendation {
  const { strategy } = metrics;
  const alternatives = scrapeAlternatives(workers, replicas, { ...context, strategy });
  const like = (settings: Partial<typeof metrics>) =>
    alternatives.find((method) => isChosen(method, { ...metrics, ...settings })) as ScrapeAlternative;
  const now = like({});
  const isManyJobs = workers > FEW_WORKERS || now.relabelings > FEW_RELABELINGS;
  const hasManyRules = now.service === 'shared' && now.iptablesRules > FEW_IPTABLES_RULES;
  const { targetLimit } = metrics;
  const settings = {
    ...(now.endpoints === 'per-port' &&
      isManyJobs && {
        endpoints: 'single' as const,
        // A limit counts the targets of one scrape job.
        ...(targetLimit !== undefined && targetLimit > 0 && { targetLimit: targetLimit * workers }),
      }),
    ...(hasManyRules && { service: 'headless' as const }),
  };
  const best = like(settings);
  const chosen = { ...metrics, ...settings };
  const recommendation = { alternatives, now, best, settings };
  if (best.relabelings <= WORTH_A_WATCH) return recommendation;
  const selected = scrapeAlternatives(workers, replicas, {
    ...context,
    selectorMechanism: 'RoleSelector',
  }).find((method) => isChosen(method, chosen));
  return selected && selected.relabelings * 2 <= best.relabelings
    ? { ...recommendation, selected: selected.relabelings }
    : recommendation;
}
