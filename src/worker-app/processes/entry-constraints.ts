import { NAME_LABEL } from '../../kubernetes/labels.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { inspectName } from '../../diagnostics/expected.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { appLabels } from '../../kubernetes/app-labels.js';
import type { Constraint } from '../../schema/constraint.js';
import { cronJobSpecs } from '../jobs/cron-job-spec.js';
import { LONGEST_CRON_JOB } from '../jobs/cron-jobs-key.js';
import { MIGRATE } from '../jobs/migrate-key.js';
import { HASH_LENGTH } from '../jobs/migration-job.js';
import { migrationSpec, type MigrationSpec } from '../jobs/migration-spec.js';
import type { PodContext } from '../key.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { podLabelProblems } from '../pod-constraints.js';
import type { PodValues } from '../pod-values.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { processSpecs } from './process-spec.js';
import { SHARED_CLAIM_CONSTRAINTS } from './shared-claim-constraints.js';

/** The constraints between the processes, the jobs and the web pods. */
export const ENTRY_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = [
  {
    reads: ['processes', 'cronJobs', 'migrate', 'name', 'instance', 'image', 'labels', 'metrics.service'],
    problems: names,
  },
  {
    reads: [
      'processes',
      'cronJobs',
      'migrate',
      'name',
      'instance',
      'image',
      'labels',
      'podLabels',
      'selectorLabels',
    ],
    problems: selectors,
  },
  ...SHARED_CLAIM_CONSTRAINTS,
];

/** The name is a label, too. */
const LONGEST_NAME = 63;

/** Pods of a process or a job. */
interface Entry {
  /** Where it is in the values: `processes`, `worker`. */
  readonly place: FieldPath;
  /** `process worker` */
  readonly title: string;
  readonly spec: PodContext & Pick<PodValues, 'podLabels'>;
  readonly longest: number;
  /** Whether the values set the name of its objects. */
  readonly isNamed: boolean;
  /** The fix of a name that is too long, or that another object has. */
  readonly hints: { readonly long: string; readonly taken: string };
  /** Kubernetes selects the pods of a job by labels that it adds. */
  readonly hasSelector: boolean;
}

function entriesOf(app: ResolvedWorkerApp): Entry[] {
  const application = { name: app.name };
  const migration = migrationSpec(app, application);
  return [
    ...Object.entries(processSpecs(app, application) ?? {}).map(([entry, spec]): Entry => ({
      place: ['processes', entry],
      title: `process ${entry}`,
      spec,
      longest: LONGEST_NAME,
      isNamed: app.processes?.[entry]?.name !== undefined,
      hints: renaming(`processes.${entry}.name`, app.processes?.[entry]?.name),
      hasSelector: true,
    })),
    ...Object.entries(cronJobSpecs(app, application) ?? {}).map(([entry, spec]): Entry => ({
      place: ['cronJobs', entry],
      title: `cron job ${entry}`,
      spec,
      longest: LONGEST_CRON_JOB,
      isNamed: app.cronJobs?.[entry]?.name !== undefined,
      hints: renaming(`cronJobs.${entry}.name`, app.cronJobs?.[entry]?.name),
      hasSelector: false,
    })),
    ...(migration?.run === 'job' ? [migrationEntry(migration)] : []),
  ];
}

/** @param key of the name @param name its value */
function renaming(key: string, name: string | undefined): Entry['hints'] {
  const taken = name === undefined ? `choose another name, or set ${key}` : 'choose another name';
  return { long: `shorten it, or set ${key}`, taken };
}

function migrationEntry(spec: MigrationSpec): Entry {
  return {
    place: [MIGRATE],
    title: MIGRATE,
    spec,
    longest: LONGEST_NAME - '-'.length - HASH_LENGTH,
    isNamed: false,
    hints: { long: 'shorten the name of the application', taken: 'rename the other one' },
    hasSelector: false,
  };
}

/** Each process and job has names of its own for its objects. */
function names(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const taken = new Map([[app.name, 'the application']]);
  if (app.metrics !== false && app.metrics.service === 'headless')
    taken.set(`${app.name}-metrics`, 'the Service of metrics.service');
  return entriesOf(app).flatMap(({ place, title, spec: { name }, longest, isNamed, hints }) => {
    const path = [...place, ...(isNamed ? ['name'] : [])];
    if (name.length > longest) {
      const message = `its objects would be called ${name}, with ${name.length} characters, above ${longest}`;
      return [{ path, message, hint: hints.long, inKey: !isNamed }];
    }
    const other = taken.get(name);
    taken.set(name, title);
    if (other === undefined) return [];
    const message = `${inspectName(name)} is the name of ${other}, too`;
    return [{ path, message, hint: hints.taken, inKey: !isNamed }];
  });
}

/** Pods, and the labels by which they are selected. */
interface Selected {
  /** `the web pods` */
  readonly who: string;
  readonly path: FieldPath;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>> | undefined;
}

function selectors(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const { labels, selector: ofNames } = appLabels(app);
  const selector = app.selectorLabels ?? ofNames;
  const web = { ...labels, ...selector, ...app.podLabels };
  const before: Selected[] = [{ who: 'the web pods', path: [], name: app.name, selector, labels: web }];
  return entriesOf(app).flatMap(({ place, title, spec, hasSelector }) => {
    const ofPods = hasSelector ? spec.selector : undefined;
    const pods: Selected = {
      who: `the pods of ${title}`,
      path: place,
      name: spec.name,
      selector: ofPods,
      labels: { ...spec.labels, ...ofPods, ...spec.podLabels },
    };
    const own = ofPods === undefined ? [] : podLabelProblems(spec.podLabels, ofPods);
    const mixed = own.length > 0 ? [] : before.flatMap((other) => mixedPods(pods, other));
    before.push(pods);
    return [...own.map(({ path, ...rest }) => ({ path: [...place, ...path], ...rest })), ...mixed];
  });
}

/** A Deployment, Service, budget or policy would take the pods of another one. */
function mixedPods(pods: Selected, other: Selected): FieldDiagnostic[] {
  if (pods.name === other.name) return []; // reported already
  const [taken, by] = selects(other, pods) ? [pods, other] : selects(pods, other) ? [other, pods] : [];
  if (taken === undefined || by?.selector === undefined) return [];
  const { path } = pods;
  const place = path.join('.');
  const shared = Object.entries(by.selector).map(([label, value]) => `${label}: ${value}`);
  const message = `${taken.who} have the labels by which ${by.who} are selected (${shared.join(', ')})`;
  const fix = taken === pods ? changedLabels(pods, other) : undefined;
  if (fix !== undefined) return [{ path, message, hint: `set ${place}.${fix}`, inKey: true }];
  const key = [...by.path, 'selectorLabels'].join('.');
  return [{ path, message, hint: `set ${key} to labels that only its pods have`, inKey: true }];
}

/** The fewest labels to set, so that neither pods are selected with the others. */
function changedLabels(pods: Selected, other: Selected): string | undefined {
  const { name } = pods;
  const label = Object.keys(other.selector ?? {}).find((one) => one !== NAME_LABEL);
  const selector = pods.selector && { [NAME_LABEL]: name };
  const podLabels = label === undefined ? undefined : { [label]: name };
  const changes = [{ selector }, { podLabels }, { selector, podLabels }];
  const change = changes.find((each) => {
    const changed = withChange(pods, each);
    return changed !== undefined && !selects(other, changed) && !selects(changed, other);
  });
  if (change === undefined) return undefined;
  const lines = [
    ...(change.selector === undefined ? [] : [`selectorLabels: { ${NAME_LABEL}: ${name} }`]),
    ...(change.podLabels === undefined ? [] : [`podLabels: { ${String(label)}: ${name} }`]),
  ];
  return lines.join(' and ');
}

/** Pods with another selector, with more labels, or with both; undefined if the selector does not fit the labels. */
function withChange(
  pods: Selected,
  change: Pick<Partial<Selected>, 'selector'> & { readonly podLabels?: Readonly<Record<string, string>> },
): Selected | undefined {
  const { selector = pods.selector, podLabels } = change;
  const changed = { ...pods, selector, labels: { ...pods.labels, ...selector, ...podLabels } };
  return selector === undefined || selects(changed, changed) ? changed : undefined;
}

function selects({ selector }: Selected, { labels }: Selected): boolean {
  return selector !== undefined && Object.entries(selector).every(([name, value]) => labels[name] === value);
}
