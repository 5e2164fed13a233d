import type { ResolvedWorkerApp } from '../keys/index.js';

/** What all targets of an application have in common, and no others have. */
export interface TargetLabels {
  readonly namespace: string;
  readonly job: string;
  /** Those of `metrics.labels`. */
  readonly [fixed: string]: string;
}

/** What decides how the operator labels targets. */
export interface TargetLabelsProps {
  readonly name: string;
  readonly namespace: string;
  /** Of the Service, or with a PodMonitor of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly metrics: ResolvedWorkerApp['metrics'];
}

/**
 * The labels that the operator gives to every target (pkg/prometheus/promcfg.go): job is the Service's name, or with a
 * PodMonitor the monitor's, unless jobLabel names a label that is there. Relabelings of one's own may change them.
 */
export function targetLabels({ name, namespace, labels, metrics }: TargetLabelsProps): TargetLabels {
  const { jobLabel, labels: fixed, service: style, monitor } = metrics;
  if (jobLabel === undefined) return { namespace, job: name, ...fixed };
  const service = style === 'headless' ? `${name}-metrics` : name;
  const otherwise = monitor === 'PodMonitor' ? `${namespace}/${name}` : service;
  return { namespace, job: labels[jobLabel] ?? otherwise, ...fixed };
}
