import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { inspectName } from '../../diagnostics/expected.js';
import { appLabels } from '../../kubernetes/app-labels.js';
import type { Constraint } from '../../schema/constraint.js';
import { cronJobSpecs } from '../jobs/cron-job-spec.js';
import { LONGEST_CRON_JOB } from '../jobs/cron-jobs-key.js';
import type { PodContext } from '../key.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { podLabelProblems } from '../pod-constraints.js';
import type { PodValues } from '../pod-values.js';
import { isOfOnePod } from '../volumes/claims.js';
import { mountingPods, mountToo } from '../volumes/shared-claims.js';
import { userVolumes } from '../volumes/user-volumes.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { otherPods } from './other-pods.js';
import { processSpecs } from './process-spec.js';

/** The constraints between the processes, the jobs and the web pods. */
export const ENTRY_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = [
  {
    reads: ['processes', 'cronJobs', 'name', 'instance', 'image', 'labels', 'metrics.service'],
    problems: names,
  },
  {
    reads: ['processes', 'cronJobs', 'name', 'instance', 'image', 'labels', 'podLabels', 'selectorLabels'],
    problems: selectors,
  },
  { reads: ['processes', 'cronJobs', 'volumes'], problems: claims },
];

/** The name is a label, too. */
const LONGEST_NAME = 63;

const NAME = 'app.kubernetes.io/name';

/** Pods of a process or a job. */
interface Entry {
  readonly key: 'processes' | 'cronJobs';
  readonly entry: string;
  /** `process worker` */
  readonly title: string;
  readonly spec: PodContext & Pick<PodValues, 'podLabels'>;
  readonly longest: number;
  /** Whether the values set the name of its objects. */
  readonly isNamed: boolean;
  /** Kubernetes selects the pods of a job by labels that it adds. */
  readonly hasSelector: boolean;
}

function entriesOf(app: ResolvedWorkerApp): Entry[] {
  const processes = Object.entries(processSpecs(app, { name: app.name }) ?? {});
  const jobs = Object.entries(cronJobSpecs(app, { name: app.name }) ?? {});
  return [
    ...processes.map(([entry, spec]): Entry => ({
      key: 'processes',
      entry,
      title: `process ${entry}`,
      spec,
      longest: LONGEST_NAME,
      isNamed: app.processes?.[entry]?.name !== undefined,
      hasSelector: true,
    })),
    ...jobs.map(([entry, spec]): Entry => ({
      key: 'cronJobs',
      entry,
      title: `cron job ${entry}`,
      spec,
      longest: LONGEST_CRON_JOB,
      isNamed: app.cronJobs?.[entry]?.name !== undefined,
      hasSelector: false,
    })),
  ];
}

/** Each process and job has names of its own for its objects. */
function names(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const taken = new Map([[app.name, 'the application']]);
  if (app.metrics !== false && app.metrics.service === 'headless')
    taken.set(`${app.name}-metrics`, 'the Service of metrics.service');
  return entriesOf(app).flatMap(({ key, entry, title, spec: { name }, longest, isNamed }) => {
    const path = [key, entry, ...(isNamed ? ['name'] : [])];
    if (name.length > longest) {
      const message = `its objects would be called ${name}, with ${name.length} characters, above ${longest}`;
      return [{ path, message, hint: `shorten it, or set ${key}.${entry}.name`, inKey: !isNamed }];
    }
    const other = taken.get(name);
    taken.set(name, title);
    if (other === undefined) return [];
    const message = `${inspectName(name)} is the name of ${other}, too`;
    const hint = isNamed ? 'choose another name' : `choose another name, or set ${key}.${entry}.name`;
    return [{ path, message, hint, inKey: !isNamed }];
  });
}

/** Pods, and the labels by which they are selected. */
interface Selected {
  /** `the web pods` */
  readonly who: string;
  readonly path: readonly [] | readonly [string, string];
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>> | undefined;
}

function selectors(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const { labels, selector: ofNames } = appLabels(app);
  const selector = app.selectorLabels ?? ofNames;
  const web = { ...labels, ...selector, ...app.podLabels };
  const before: Selected[] = [{ who: 'the web pods', path: [], name: app.name, selector, labels: web }];
  return entriesOf(app).flatMap(({ key, entry, title, spec, hasSelector }) => {
    const ofPods = hasSelector ? spec.selector : undefined;
    const pods: Selected = {
      who: `the pods of ${title}`,
      path: [key, entry],
      name: spec.name,
      selector: ofPods,
      labels: { ...spec.labels, ...ofPods, ...spec.podLabels },
    };
    const own = ofPods === undefined ? [] : podLabelProblems(spec.podLabels, ofPods);
    const mixed = own.length > 0 ? [] : before.flatMap((other) => mixedPods(pods, other));
    before.push(pods);
    return [...own.map(({ path, ...rest }) => ({ path: [key, entry, ...path], ...rest })), ...mixed];
  });
}

/** A Deployment, Service, budget or policy would take the pods of another one. */
function mixedPods(pods: Selected, other: Selected): FieldDiagnostic[] {
  if (pods.name === other.name) return []; // reported already
  const [taken, by] = selects(other, pods) ? [pods, other] : selects(pods, other) ? [other, pods] : [];
  if (taken === undefined || by?.selector === undefined) return [];
  const { path, name } = pods;
  const place = path.join('.');
  const shared = Object.entries(by.selector).map(([label, value]) => `${label}: ${value}`);
  const message = `${taken.who} have the labels by which ${by.who} are selected (${shared.join(', ')})`;
  const label = Object.keys(by.selector).find((one) => one !== NAME);
  if (label === undefined || taken !== pods) {
    const hint = `set ${by === pods ? place : by.path.join('.')}.selectorLabels to labels that only its pods have`;
    return [{ path, message, hint, inKey: true }];
  }
  const selector = `selectorLabels: { ${NAME}: ${name} } and podLabels: { ${label}: ${name} }`;
  const isInSelector = Object.hasOwn(pods.selector ?? {}, label);
  const lines = isInSelector ? selector : `podLabels: { ${label}: ${name} }`;
  return [{ path, message, hint: `set ${place}.${lines}`, inKey: true }];
}

function selects({ selector }: Selected, { labels }: Selected): boolean {
  return selector !== undefined && Object.entries(selector).every(([name, value]) => labels[name] === value);
}

/** A claim of the application: processes and jobs mount it as it is, and one of a single pod not at all. */
function claims(
  app: ResolvedWorkerApp,
  { processes = {}, cronJobs = {} }: WorkerAppProps,
): FieldDiagnostic[] {
  const others = otherPods({ processes: processSpecs(app, { name: app.name }), cronJobs: app.cronJobs });
  const ofOnePod = userVolumes(app.volumes).flatMap(({ name, claim }): FieldDiagnostic[] => {
    if (claim === undefined || !isOfOnePod(claim)) return [];
    const sharing = mountingPods(name, others);
    if (sharing.length === 0) return [];
    const message = `ReadWriteOncePod gives the volume to one pod, and ${mountToo(sharing)}: the others never start`;
    const hint = `set volumes: { ${name}: null } where it is not needed, or another mode`;
    return [{ path: ['volumes', name, 'claim', 'accessModes'], message, hint }];
  });
  const given = [
    ...Object.entries(processes).map(([name, { volumes }]) => ({ place: ['processes', name], volumes })),
    ...Object.entries(cronJobs).map(([name, { volumes }]) => ({ place: ['cronJobs', name], volumes })),
  ];
  const changed = given.flatMap(({ place, volumes }) =>
    Object.entries(volumes ?? {}).flatMap(([name, volume]): FieldDiagnostic[] => {
      const isOurs = (app.volumes?.[name]?.claim ?? undefined) !== undefined;
      if (!isOurs || (volume?.claim ?? undefined) === undefined) return [];
      const message = 'the claim is that of the application';
      const hint = 'remove it, or choose another name for the volume';
      return [{ path: [...place, 'volumes', name, 'claim'], message, hint, inKey: true }];
    }),
  );
  return [...ofOnePod, ...changed];
}
