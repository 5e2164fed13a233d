import type { Metrics } from './scraped-app.js';

/** The labels that identify the targets of an application. */
export interface TargetLabels {
  readonly namespace: string;
  readonly job: string;
  /** The labels of `metrics.labels`. */
  readonly [fixed: string]: string;
}

/** The values from which the operator computes the labels of targets. */
export interface TargetLabelsProps {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the Service, or with a PodMonitor of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly metrics: Metrics;
}

/**
 * Returns the labels that the operator gives to every target (pkg/prometheus/promcfg.go). `job` is the value of the label
 * `jobLabel`, if it exists; otherwise the name of the Service, or of the PodMonitor. The user's relabelings may change them.
 */
export function targetLabels({ name, namespace, labels, metrics }: TargetLabelsProps): TargetLabels {
  const { jobLabel, labels: fixed, service: style, monitor } = metrics;
  if (jobLabel === undefined) return { namespace, job: name, ...fixed };
  const service = style === 'headless' ? `${name}-metrics` : name;
  const otherwise = monitor === 'PodMonitor' ? `${namespace}/${name}` : service;
  return { namespace, job: labels[jobLabel] ?? otherwise, ...fixed };
}
