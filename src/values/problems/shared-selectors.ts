import { type Diagnostic, formatPlace, type Place } from '../../diagnostics/diagnostic.js';
import { isScrapedSpec, type WorkerAppSpec } from '../../worker-app/worker-app-spec.js';
import type { ReadAgain } from './values-source.js';

type Labels = Readonly<Record<string, string>>;

/** The labels by which an application selects its pods, and those of its pods. */
export interface AppSelector {
  readonly name: string;
  readonly namespace: string;
  readonly environment?: string | undefined;
  readonly selector: Labels;
  readonly labels: Labels;
  readonly isScraped: boolean;
  /** Whether the selector is given. Default selectors differ, as names do. */
  readonly isGiven: boolean;
  readonly place: () => Place;
}

/** @param again reads the values again, for their place */
export function selectorIn(
  spec: WorkerAppSpec,
  environment: string | undefined,
  again: ReadAgain,
): AppSelector {
  const { name, namespace, selector, labels, podLabels, selectorLabels } = spec;
  const isOwn = () => selectorLabels !== undefined && !again().isInherited(['selectorLabels']);
  return {
    name,
    namespace,
    environment,
    selector,
    labels: { ...labels, ...selector, ...podLabels },
    isScraped: isScrapedSpec(spec),
    isGiven: selectorLabels !== undefined,
    place: () => (isOwn() ? again().placeOf(['selectorLabels']) : again().placeOfName()),
  };
}

/** Reports applications whose Service selects the pods of another application, too. */
export function sharedSelectors(apps: readonly AppSelector[]): Diagnostic[] {
  if (!apps.some(({ isGiven }) => isGiven)) return [];
  const withLabel = new Map<string, AppSelector[]>();
  for (const app of apps)
    for (const label of Object.entries(app.labels)) {
      const same = withLabel.get(keyOf(app, label)) ?? [];
      same.push(app);
      withLabel.set(keyOf(app, label), same);
    }
  const reported = new Set<string>();
  return apps.flatMap((app): Diagnostic[] => {
    const [fewest = []] = Object.entries(app.selector)
      .map((label) => withLabel.get(keyOf(app, label)) ?? [])
      .toSorted((a, b) => a.length - b.length);
    const other = fewest.find((one) => selectsPodsOf(app, one));
    if (other === undefined) return [];
    const places = [app, other]
      .map(({ place }) => formatPlace(place()))
      .toSorted()
      .join(' ');
    if (reported.has(places)) return []; // in another environment, or the other way round
    reported.add(places);
    return [mixedUp(app, other)];
  });
}

function keyOf({ namespace }: AppSelector, label: readonly [string, string]): string {
  return JSON.stringify([namespace, ...label]);
}

/** Equal names are reported as duplicate names. A document without environments is in each. */
function selectsPodsOf(app: AppSelector, other: AppSelector): boolean {
  const meet = [app.environment, undefined].includes(other.environment) || app.environment === undefined;
  return (
    meet &&
    app.name !== other.name &&
    Object.entries(app.selector).every(([label, value]) => other.labels[label] === value)
  );
}

function mixedUp(app: AppSelector, other: AppSelector): Diagnostic {
  const labels = Object.entries(app.selector).map(([label, value]) => `${label}: ${value}`);
  const both = app.isScraped && other.isScraped ? ', and Prometheus would scrape them twice' : '';
  return {
    severity: both === '' ? 'warning' : 'error',
    ...app.place(),
    field: 'selectorLabels',
    message: `${labels.join(', ')} select the pods of ${other.name} (${formatPlace(other.place())}), too: the Service of ${app.name} would send them requests${both}`,
    hint: 'add a label that differs, such as app.kubernetes.io/name',
  };
}
