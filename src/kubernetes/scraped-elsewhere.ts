import { textAt, type Manifest } from './manifest.js';

/** Annotation of a workload: `false` means that no monitor beside it has to scrape its metrics ports. */
const METRICS = 'cdk8s-worker-metrics/metrics';

/** The annotation of a workload whose metrics something else scrapes, or nothing: name and value. */
export const SCRAPED_ELSEWHERE = [METRICS, 'false'] as const;

export function isScrapedElsewhere(workload: Manifest): boolean {
  return textAt(workload, 'metadata', 'annotations', METRICS) === 'false';
}
