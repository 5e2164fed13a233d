import { type Diagnostic, errorAt, formatPlace, type Place } from '../../diagnostics/diagnostic.js';
import type { TargetLabels } from '../../worker-app/scraping/target-labels.js';
import { isScrapedSpec, type WorkerAppSpec } from '../../worker-app/worker-app-spec.js';
import type { ReadAgain } from './values-source.js';

/** An application's targets in an environment, and the place of the field that sets their label job. */
export interface AppTargets {
  readonly name: string;
  readonly labels: TargetLabels;
  /** Whether alerts or a dashboard select them by their labels. */
  readonly watched: boolean;
  readonly environment?: string | undefined;
  readonly place: () => Place;
}

/** No targets with `metrics: false`. @param again reads the values again, for their place */
export function targetsIn(
  spec: WorkerAppSpec,
  environment: string | undefined,
  again: ReadAgain,
): AppTargets[] {
  if (!isScrapedSpec(spec)) return [];
  const { name, target: labels, alerts, dashboard, metrics } = spec;
  const place = () =>
    metrics.jobLabel === undefined || again().isInherited(['metrics', 'jobLabel'])
      ? again().placeOfName()
      : again().placeOf(['metrics', 'jobLabel']);
  const watched = dashboard || Object.keys(alerts).length > 0;
  return [{ name, labels, watched, environment, place }];
}

/** Reports applications whose alerts or dashboard would include another's targets, as both have the same job. */
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
    const place = later.place();
    const placeOfEarlier = formatPlace(earlier.place());
    const places = `${formatPlace(place)} ${placeOfEarlier}`;
    if (reported.has(places)) return []; // in another environment
    reported.add(places);
    const message = `targets have job ${JSON.stringify(job)} in namespace ${namespace}, like those of ${earlier.name} in ${placeOfEarlier}, and alerts and dashboards would mix up their workers`;
    const hint = 'choose another metrics.jobLabel, or a different label in metrics.labels';
    return [errorAt(place, message, hint)];
  });
}

/** Equal names are reported as duplicate names. A document without environments is in each. */
function areMixed(one: AppTargets, other: AppTargets): boolean {
  const meet = [one.environment, undefined].includes(other.environment) || one.environment === undefined;
  return meet && one.name !== other.name && (takes(one, other) || takes(other, one));
}

/** Prometheus treats a missing label as empty. */
function takes({ watched, labels }: AppTargets, other: AppTargets): boolean {
  return watched && Object.entries(labels).every(([label, value]) => (other.labels[label] ?? '') === value);
}
