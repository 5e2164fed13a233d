import type { MetricsPorts } from '../ports/metrics-ports.js';
import { by, Matcher, promql, selector, type Promql } from '../../prometheus/promql.js';
import type { TargetLabels } from '../scraping/target-labels.js';

/** The series of a metric that an application has, with more conditions or without. */
export function ofTarget(metric: string, target: TargetLabels, ...more: readonly Matcher[]): Promql {
  const own = Object.entries(target).map(([label, value]) => Matcher.equal(label, value));
  return selector(metric, ...own, ...more);
}

/** Those that come from its metrics ports: what its pods have beside them may be scraped as the same job. */
export function ofPorts(metric: string, target: TargetLabels, ports: MetricsPorts): Promql {
  return ofTarget(metric, target, Matcher.regex('endpoint', ports.names));
}

/** Keeps the labels of the target when series are put together, and more. */
export function byTarget(target: TargetLabels, ...more: readonly string[]): Promql {
  return by(...Object.keys(target), ...more);
}

/**
 * One series for each worker: the largest of those that come from its port. A monitor or Service that is left behind makes
 * Prometheus scrape the same port twice, as targets with different labels.
 */
export function ofEachWorker(series: Promql, target: TargetLabels): Promql {
  return promql`max ${byTarget(target, 'pod', 'endpoint')} (${series})`;
}

/**
 * The same for samples whose labels are not all known (django-prometheus takes more). Targets of a port that was found in two
 * ways differ by the Service's name.
 */
export function scrapedOnce(series: Promql): Promql {
  return promql`max without (service) (${series})`;
}

/** Workers of each pod that are scraped, and that should be. @param up series of the metric `up` */
export function workersByPod(
  up: Promql,
  target: TargetLabels,
): { readonly live: Promql; readonly wanted: Promql } {
  const ofPod = byTarget(target, 'pod');
  const workers = ofEachWorker(up, target);
  return { live: promql`sum ${ofPod} (${workers})`, wanted: promql`count ${ofPod} (${workers})` };
}
