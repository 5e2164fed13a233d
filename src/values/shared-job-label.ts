import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import type { TargetLabels } from '../worker-app/scraping/target-labels.js';
import type { WorkerAppSpec } from '../worker-app/worker-app-spec.js';
import type { EnvironmentValues } from './environment-values.js';

/** The targets of an application in an environment, and where it was given what makes their label job. */
export interface AppTargets {
  readonly name: string;
  readonly labels: TargetLabels;
  /** Whether rules or a dashboard know them by their labels. */
  readonly watched: boolean;
  readonly environment?: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly field: string;
}

export function targetsIn(file: string, variant: EnvironmentValues, spec: WorkerAppSpec): AppTargets {
  const { name, target: labels, alerts, dashboard, metrics } = spec;
  const { line, field } = variant.originOf(
    metrics.jobLabel === undefined ? ['name'] : ['metrics', 'jobLabel'],
  );
  const watched = dashboard || Object.keys(alerts).length > 0;
  return { name, labels, watched, environment: variant.environment, file, line, field };
}

/** Applications whose rules or dashboard would count the targets of another: both have the label job of one. */
export function sharedJobLabels(targets: readonly AppTargets[]): Diagnostic[] {
  const ofJob = new Map<string, AppTargets[]>();
  const reported = new Set<string>();
  return targets.flatMap((later) => {
    const { namespace, job } = later.labels;
    const key = JSON.stringify([namespace, job]);
    const ofSame = ofJob.get(key) ?? [];
    const earlier = ofSame.find((other) => areMixed(other, later));
    ofSame.push(later);
    ofJob.set(key, ofSame);
    if (earlier === undefined) return [];
    const { file, line, field } = later;
    const place = `${file}:${line} ${earlier.file}:${earlier.line}`;
    if (reported.has(place)) return []; // in another environment
    reported.add(place);
    const message = `the targets have job ${JSON.stringify(job)} in namespace ${namespace}, as those of ${earlier.name} by ${earlier.file}:${earlier.line}, and alerts and dashboards would take the workers of one for the other's`;
    const hint = 'choose another metrics.jobLabel, or a label in metrics.labels that differs';
    return [errorAt({ file, line, field }, message, hint)];
  });
}

/** Those of one name clash as objects, and are told so. What has no environment is in any. */
function areMixed(one: AppTargets, other: AppTargets): boolean {
  const meet = [one.environment, undefined].includes(other.environment) || one.environment === undefined;
  return meet && one.name !== other.name && (takes(one, other) || takes(other, one));
}

/** A label that is not there is empty, to Prometheus. */
function takes({ watched, labels }: AppTargets, other: AppTargets): boolean {
  return watched && Object.entries(labels).every(([label, value]) => (other.labels[label] ?? '') === value);
}
