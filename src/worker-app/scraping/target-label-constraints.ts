import { MANAGED_BY, MANAGED_BY_LABEL } from '../../kubernetes/labels.js';
import { matches } from '../../kubernetes/text-formats.js';
import { expected } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { formatPath } from '../../diagnostics/field-path.js';
import { copiedLabelName, LABEL_NAME, SAMPLE_LABELS, TARGET_LABELS } from '../../prometheus/label-name.js';
import { NO_GROUPING } from '../../prometheus/promql.js';
import { COMPONENT_LABEL } from '../service-windows/metric-names.js';
import type { Constraint } from '../../schema/constraint.js';
import { METRICS_COMPONENT } from './metrics-service.js';
import type { Metrics, Scraped } from './scraped-app.js';
import type { WorkerAppProps } from '../worker-app-props.js';

/** The keys from which the labels of targets and samples are computed. */
type Labelled = Pick<Scraped, 'metrics' | 'alerts' | 'dashboard' | 'serviceWindows'>;

/** Labels of the user must not replace labels that the operator, the rules or the dashboard need. */
export const TARGET_LABEL_CONSTRAINTS: readonly Constraint<Scraped, WorkerAppProps>[] = [
  {
    reads: [
      'metrics.labels',
      'metrics.podLabels',
      'metrics.workerLabel',
      'metrics.monitor',
      'alerts',
      'dashboard',
    ],
    problems: givenNames,
  },
  { reads: ['metrics.labels', 'metrics.podLabels', 'serviceWindows'], problems: componentLabel },
  { reads: ['metrics.labels', 'alerts', 'dashboard'], problems: groupedNames },
  { reads: ['metrics.service', 'metrics.jobLabel'], problems: jobOfMetricsService },
  { reads: ['metrics.jobLabel', 'alerts', 'dashboard'], problems: jobOfEvery },
];

function givenNames(props: Labelled): FieldDiagnostic[] {
  const { metrics } = props;
  const taken = { byTargets: labelsOfTargets(metrics), bySamples: hasRules(props) ? SAMPLE_LABELS : [] };
  const first = new Map<string, GivenLabel>();
  return givenLabels(metrics).flatMap((label) => {
    const earlier = first.get(label.name);
    if (earlier === undefined) first.set(label.name, label);
    return labelProblem(label, earlier, taken);
  });
}

function labelProblem(
  label: GivenLabel,
  earlier: GivenLabel | undefined,
  { byTargets, bySamples }: Readonly<Record<'byTargets' | 'bySamples', readonly string[]>>,
): FieldDiagnostic[] {
  const { name } = label;
  if (!matches(LABEL_NAME, name)) return [refused(label, expected(LABEL_NAME.what, name))];
  if (byTargets.includes(name)) return [refused(label, `every target has a label ${name} already`)];
  if (bySamples.includes(name)) return [refused(label, renamed(name))];
  if (earlier === undefined) return [];
  const message = `${formatPath(earlier.path)} gives every target a label ${name} already`;
  return [refused(label, message, 'remove one of the two')];
}

function labelsOfTargets({ workerLabel, monitor }: Metrics): string[] {
  return [
    ...TARGET_LABELS,
    ...(workerLabel ? ['worker'] : []),
    ...(monitor === 'ServiceMonitor' ? ['service'] : []),
  ];
}

function componentLabel({ metrics, serviceWindows = [] }: Labelled): FieldDiagnostic[] {
  if (serviceWindows.length === 0) return [];
  return givenLabels(metrics)
    .filter(({ name }) => name === COMPONENT_LABEL)
    .map((label) => refused(label, renamed(label.name)));
}

function groupedNames(props: Labelled): FieldDiagnostic[] {
  if (!hasRules(props)) return [];
  return givenLabels({ labels: props.metrics.labels })
    .filter(({ name }) => NO_GROUPING.test(name))
    .map((label) => refused(label, 'the rules group by it, and PromQL has a meaning of its own for it'));
}

function hasRules({ alerts, dashboard }: Labelled): boolean {
  return alerts !== false || dashboard;
}

function renamed(label: string): string {
  return `samples have a label ${label}, which Prometheus would rename to exported_${label}, where no rule looks for it`;
}

function jobOfMetricsService({ metrics }: Labelled): FieldDiagnostic[] {
  const { service, jobLabel: label } = metrics;
  if (service !== 'headless' || label === undefined || !Object.hasOwn(METRICS_COMPONENT, label)) return [];
  const message =
    'the headless Service of every application has this label with the value metrics, so that all would have the same job';
  const hint = 'choose another label, or set metrics.service to shared';
  return [{ path: ['metrics', 'jobLabel'], message, hint }];
}

function jobOfEvery(props: Labelled): FieldDiagnostic[] {
  if (props.metrics.jobLabel !== MANAGED_BY_LABEL || !hasRules(props)) return [];
  const message = `every application has this label with the value ${MANAGED_BY}, so that alerts and dashboards could not distinguish the applications`;
  const hint = 'choose another label';
  return [{ path: ['metrics', 'jobLabel'], message, hint }];
}

/** A label that the user adds to the targets. */
interface GivenLabel {
  readonly name: string;
  readonly path: FieldDiagnostic['path'];
  /** Parts of the diagnostic: whether it is about a key, and the advice. */
  readonly inKey: boolean;
  readonly advice: string;
}

function givenLabels({ labels = {}, podLabels = [] }: Partial<Metrics>): GivenLabel[] {
  return [
    ...Object.keys(labels).map((name) => ({
      name,
      path: ['metrics', 'labels', name],
      inKey: true,
      advice: 'choose another name',
    })),
    ...podLabels.map((label, i) => ({
      name: copiedLabelName(label),
      path: ['metrics', 'podLabels', i],
      inKey: false,
      advice: 'remove it, or copy it to another name by metrics.relabelings',
    })),
  ];
}

function refused({ path, inKey, advice }: GivenLabel, message: string, hint = advice): FieldDiagnostic {
  return { path, message, hint, ...(inKey && { inKey }) };
}
