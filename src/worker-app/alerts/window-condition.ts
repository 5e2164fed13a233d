import { Matcher, promql, type Promql } from '../../prometheus/promql.js';
import type { TargetLabels } from '../scraping/target-labels.js';
import { COMPONENT_LABEL, metricPrefix } from '../service-windows/metric-names.js';
import { ofTarget } from './of-target.js';

/** An expression that gives something only while a component is in its service window. */
export function onlyInWindow(expr: Promql, component: string, target: TargetLabels): Promql {
  return promql`(${expr}) and on() ${ofWindow(component, target, 'in_window')} == 1`;
}

/**
 * The same for an application whose targets, and with them the metrics of its windows, may be gone. For six hours the last
 * values decide: each announced change that has passed since then turns in into out, and out into in. After that the
 * expression counts at any hour.
 */
export function unlessOutOfWindow(expr: Promql, component: string, target: TargetLabels): Promql {
  const now = ofWindow(component, target, 'in_window');
  const last = (metric: WindowMetric) => promql`last_over_time(${ofWindow(component, target, metric)}[6h])`;
  const passed = (metric: WindowMetric) => promql`(time() >= bool ${last(metric)})`;
  const remembered = promql`(${last('in_window')} + ${passed('next_start')} + ${passed('next_end')}) % 2`;
  return promql`(${expr}) unless on() (max(${now}) or max(${remembered})) == 0`;
}

type WindowMetric = 'in_window' | 'next_start' | 'next_end';

/** Two components may have one metric name; their label tells them apart. */
function ofWindow(component: string, target: TargetLabels, metric: WindowMetric): Promql {
  const name = `${metricPrefix(component)}_service_window_${metric}`;
  return ofTarget(name, target, Matcher.equal(COMPONENT_LABEL, component));
}
