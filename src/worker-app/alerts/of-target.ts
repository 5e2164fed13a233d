import type { MetricsPorts } from '../ports/metrics-ports.js';
import { by, Matcher, promql, selector, type Promql } from '../../prometheus/promql.js';
import type { TargetLabels } from '../scraping/target-labels.js';

/** Selects the series of a metric of the application, optionally with additional matchers. */
export function ofTarget(metric: string, target: TargetLabels, ...more: readonly Matcher[]): Promql {
  const own = Object.entries(target).map(([label, value]) => Matcher.equal(label, value));
  return selector(metric, ...own, ...more);
}

/** Selects only series from the metrics ports: other containers of the pods may be scraped under the same job. */
export function ofPorts(metric: string, target: TargetLabels, ports: MetricsPorts): Promql {
  return ofTarget(metric, target, Matcher.regex('endpoint', ports.names));
}

/** The `by` clause that keeps the labels of the target and the given labels. */
export function byTarget(target: TargetLabels, ...more: readonly string[]): Promql {
  return by(...Object.keys(target), ...more);
}

/**
 * One series for each worker: the maximum of the series from its port. An old monitor or Service can make Prometheus scrape
 * the same port twice, as targets with different labels.
 */
export function ofEachWorker(series: Promql, target: TargetLabels): Promql {
  return promql`max ${byTarget(target, 'pod', 'endpoint')} (${series})`;
}

/**
 * The same for samples with other labels too (django-prometheus can have more). Two targets of the same port differ by the
 * name of the Service.
 */
export function scrapedOnce(series: Promql): Promql {
  return promql`max without (service) (${series})`;
}

/** The number of workers of each pod that are scraped, and that should be scraped. @param up series of the metric `up` */
export function workersByPod(
  up: Promql,
  target: TargetLabels,
): { readonly live: Promql; readonly wanted: Promql } {
  const ofPod = byTarget(target, 'pod');
  const workers = ofEachWorker(up, target);
  return { live: promql`sum ${ofPod} (${workers})`, wanted: promql`count ${ofPod} (${workers})` };
}
