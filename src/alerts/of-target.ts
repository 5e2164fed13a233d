import type { MetricsPorts } from '../ports/metrics-ports.js';
import { by, Matcher, selector, type Promql } from '../prometheus/promql.js';
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
