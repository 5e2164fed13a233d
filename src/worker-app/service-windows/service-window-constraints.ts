import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';

type InService = Pick<ResolvedWorkerApp, 'serviceWindows'>;

/** The constraints between the windows of an application. */
export const SERVICE_WINDOW_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  { reads: ['serviceWindows'], problems: differentLabels },
];

function differentLabels({ serviceWindows = [] }: InService): FieldDiagnostic[] {
  const first = new Map<string, { readonly labels: string; readonly place: string }>();
  return serviceWindows.flatMap(({ component, labels: given }, i) => {
    if (given === undefined) return [];
    const labels = JSON.stringify(Object.entries(given).toSorted());
    const earlier = first.get(component);
    if (earlier === undefined) first.set(component, { labels, place: `serviceWindows[${i}]` });
    if (earlier === undefined || earlier.labels === labels) return [];
    const message = `${JSON.stringify(component)} has other labels in ${earlier.place}`;
    const hint = 'labels belong to the component: set them once, or set the same labels';
    return [{ path: ['serviceWindows', i, 'labels'], message, hint }];
  });
}
