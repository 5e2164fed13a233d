import type { ScrapeAlternative } from './scrape-alternatives.js';
import type { ScrapeRecommendation } from './scrape-recommendation.js';
import { count, digits } from '../../diagnostics/count.js';

type Cost = Pick<ScrapeAlternative, 'jobs' | 'relabelings' | 'iptablesRules'>;

/** The settings that are recommended for one application, with the reason: one line. */
export function recommendationLine({ now, best, settings }: ScrapeRecommendation): string {
  const keys = Object.entries(settings).map(([key, value]) => `${key}: ${value}`);
  return keys.length === 0
    ? `recommended: keep these settings; ${costText(now)} are few`
    : `recommended: metrics: { ${keys.join(', ')} }; ${costText(best)} instead of ${costText(now)}`;
}

/** How many relabelings the selection by the API server saves, and the cost: one line, or none. */
export function selectionLine({ best, selected }: ScrapeRecommendation): string[] {
  if (selected === undefined) return [];
  const fewer = `${count(selected, 'relabeling')} instead of ${digits(best.relabelings)}`;
  // For Services, endpoints and pods; a PodMonitor for pods alone.
  const watches = best.monitor === 'PodMonitor' ? '1 more watch' : '3 more watches';
  return [
    `possible: metrics: { selectorMechanism: RoleSelector }; ${fewer}, but the API server serves ${watches} for this monitor`,
  ];
}

/**
 * The changes that are recommended for all applications together, with the reason: one line.
 * @param all of each application in each environment
 * @param applications how many applications there are
 */
export function totalLine(all: readonly ScrapeRecommendation[], applications = all.length): string {
  const unit = applications === all.length ? 'application' : 'environment';
  const of = applications === all.length || applications === 1 ? '' : ` of ${applications} applications`;
  const changed = all.filter(({ settings }) => Object.keys(settings).length > 0);
  const now = totalOf(all.map((each) => each.now));
  const inAll = `in all ${count(all.length, unit)}${of}: ${costText(now)}`;
  if (changed.length === 0) return `${inAll}; recommended: keep the settings`;
  const best = totalOf(all.map((each) => each.best));
  return `${inAll}; recommended: change ${count(changed.length, unit)}, for ${costText(best)}`;
}

function totalOf(costs: readonly Cost[]): Cost {
  const sum = (key: keyof Cost) => costs.reduce((total, cost) => total + cost[key], 0);
  return { jobs: sum('jobs'), relabelings: sum('relabelings'), iptablesRules: sum('iptablesRules') };
}

function costText({ jobs, relabelings, iptablesRules }: Cost): string {
  const rules = count(iptablesRules, 'iptables rule');
  return `${count(jobs, 'scrape job')}, ${count(relabelings, 'relabeling')} and ${rules}`;
}
