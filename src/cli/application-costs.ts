import type { Values } from '../values/parse-values.js';
import { otherPorts } from '../worker-app/scraping/other-ports.js';
import { recommendationLine } from '../worker-app/scraping/recommendation-line.js';
import {
  recommendScraping,
  type ScrapeRecommendation,
} from '../worker-app/scraping/scrape-recommendation.js';
import type { Surroundings } from '../worker-app/scraping/surroundings.js';
import { isScrapedSpec, type ScrapedSpec, type WorkerAppSpec } from '../worker-app/worker-app-spec.js';

/** An application in one environment, and the costs of scraping it. */
export interface ApplicationCosts extends Pick<Values<'WorkerApp'>, 'spec' | 'environment'> {
  /** Undefined with `metrics: false`. */
  readonly recommendation: ScrapeRecommendation | undefined;
}

/** Computes the costs of an application. @param surroundings the other objects in its namespace */
export function applicationCosts(
  { spec, environment }: Values<'WorkerApp'>,
  surroundings: Surroundings | undefined,
): ApplicationCosts {
  return {
    spec,
    environment,
    recommendation: isScrapedSpec(spec) ? recommendationFor(spec, surroundings) : undefined,
  };
}

function recommendationFor(spec: ScrapedSpec, surroundings: Surroundings | undefined): ScrapeRecommendation {
  const { workers, metrics } = spec;
  const { selectorMechanism } = metrics;
  const context = { ...otherPorts(spec), selectorMechanism, surroundings };
  return recommendScraping({ workers, metrics, replicas: countedPods(spec), context });
}

/** The most pods; one if another scaler sets their number. */
export function countedPods({ pods }: WorkerAppSpec): number {
  return pods.most ?? 1;
}

export const NOT_SCRAPED = 'costs nothing: metrics is false';

/** The costs for JSON output. */
export function costsDocument({ spec, environment, recommendation }: ApplicationCosts): object {
  const { name, workers, pods } = spec;
  const application = { name, environment, workers, replicas: pods.most ?? null };
  if (recommendation === undefined) return { ...application, recommended: NOT_SCRAPED, alternatives: [] };
  const { now, best } = recommendation;
  const alternatives = recommendation.alternatives.map((method) => ({
    ...method,
    isChosen: method === now,
    isRecommended: method === best,
  }));
  return { ...application, recommended: recommendationLine(recommendation), alternatives };
}
