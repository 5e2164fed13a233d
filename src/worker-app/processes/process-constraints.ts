import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { inspect, inspectName, nearestName } from '../../diagnostics/expected.js';
import { appLabels } from '../../kubernetes/app-labels.js';
import type { Constraint } from '../../schema/constraint.js';
import { hasLock } from '../../servers/celery.js';
import { CONTAINER_CONSTRAINTS } from '../containers/container-constraints.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { POD_CONSTRAINTS, podLabelProblems, ROLLOUT_CONSTRAINTS } from '../pod-constraints.js';
import type { DeploymentConstraint } from '../pod-values.js';
import { PROBE_CONSTRAINTS } from '../probe-constraints.js';
import { podNumbers } from '../scale/pod-numbers.js';
import { SCALE_CONSTRAINTS } from '../scale/scale-constraints.js';
import { VOLUME_CONSTRAINTS, VOLUME_COPIES_CONSTRAINTS } from '../volumes/volume-constraints.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { beatOf } from './celery-beat.js';
import { ofProcess } from './of-process.js';
import { otherPods } from './other-pods.js';
import { isOfOnePod } from '../volumes/claims.js';
import { mountingPods, mountToo } from '../volumes/shared-claims.js';
import { userVolumes } from '../volumes/user-volumes.js';
import { processSpecs, type ProcessSpec } from './process-spec.js';

/** Constraints between the keys of one process that its pods have in common with the web pods. */
const OF_PODS: readonly DeploymentConstraint[] = [
  ...POD_CONSTRAINTS,
  ...ROLLOUT_CONSTRAINTS,
  ...SCALE_CONSTRAINTS,
  ...VOLUME_CONSTRAINTS,
  ...VOLUME_COPIES_CONSTRAINTS,
  ...CONTAINER_CONSTRAINTS,
  ...PROBE_CONSTRAINTS,
];

/** The constraints of `processes`. */
export const PROCESS_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = [
  ...OF_PODS.map((constraint) => ({
    reads: ['processes', ...constraint.reads],
    problems: ({ processes = {} }: ResolvedWorkerApp, { processes: given = {} }: WorkerAppProps) =>
      Object.entries(processes).flatMap(([name, process]) => {
        const own = given[name] ?? {};
        return ofProcess(name, own, constraint.problems(process, own as WorkerAppProps));
      }),
  })),
  { reads: ['processes', 'name', 'instance', 'image', 'labels', 'metrics.service'], problems: names },
  {
    reads: ['processes', 'name', 'instance', 'image', 'labels', 'podLabels', 'selectorLabels'],
    problems: selectors,
  },
  { reads: ['processes', 'volumes'], problems: claims },
  { reads: ['processes', 'env'], problems: severalBeats },
  { reads: ['processes'], problems: ports },
];

/** The name is a label, too. */
const LONGEST_NAME = 63;

const NAME = 'app.kubernetes.io/name';

function specsOf(app: ResolvedWorkerApp): [string, ProcessSpec][] {
  return Object.entries(processSpecs(app, { name: app.name }) ?? {});
}

/** Each process has names of its own for its objects. */
function names(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const taken = new Map([[app.name, 'the application']]);
  if (app.metrics !== false && app.metrics.service === 'headless')
    taken.set(`${app.name}-metrics`, 'the Service of metrics.service');
  return specsOf(app).flatMap(([process, { name }]) => {
    const isGiven = app.processes?.[process]?.name !== undefined;
    const path = ['processes', process, ...(isGiven ? ['name'] : [])];
    if (name.length > LONGEST_NAME) {
      const message = `the objects of this process would be called ${name}, with ${name.length} characters, above ${LONGEST_NAME}`;
      return [{ path, message, hint: `shorten it, or set processes.${process}.name`, inKey: !isGiven }];
    }
    const other = taken.get(name);
    taken.set(name, `process ${process}`);
    if (other === undefined) return [];
    const message = `${inspectName(name)} is the name of ${other}, too`;
    const hint = isGiven ? 'choose another name' : `choose another name, or set processes.${process}.name`;
    return [{ path, message, hint, inKey: !isGiven }];
  });
}

/** Pods, and the labels by which they are selected. */
interface Selected {
  /** `the web pods` */
  readonly who: string;
  readonly process?: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
}

function selectors(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const { labels, selector: ofNames } = appLabels(app);
  const selector = app.selectorLabels ?? ofNames;
  const before: Selected[] = [
    {
      who: 'the web pods',
      name: app.name,
      selector,
      labels: { ...labels, ...selector, ...app.podLabels },
    },
  ];
  return specsOf(app).flatMap(([process, spec]) => {
    const pods: Selected = {
      who: `the pods of process ${process}`,
      process,
      name: spec.name,
      selector: spec.selector,
      labels: { ...spec.labels, ...spec.selector, ...spec.podLabels },
    };
    const own = podLabelProblems(spec.podLabels, spec.selector);
    const mixed = own.length > 0 ? [] : before.flatMap((other) => mixedPods(pods, other));
    before.push(pods);
    return [
      ...own.map(({ path, ...rest }) => ({ path: ['processes', process, ...path], ...rest })),
      ...mixed,
    ];
  });
}

/** A Deployment, Service, budget or policy would take the pods of another one. */
function mixedPods(pods: Selected, other: Selected): FieldDiagnostic[] {
  if (pods.name === other.name) return []; // reported already
  const [taken, by] = selects(other, pods) ? [pods, other] : selects(pods, other) ? [other, pods] : [];
  if (taken === undefined || by === undefined) return [];
  const { process = '', name } = pods;
  const shared = Object.entries(by.selector).map(([label, value]) => `${label}: ${value}`);
  const message = `${taken.who} have the labels by which ${by.who} are selected (${shared.join(', ')})`;
  const label = Object.keys(other.selector).find((key) => key !== NAME);
  const path = ['processes', process];
  if (label === undefined || taken !== pods) {
    const hint = `set processes.${process}.selectorLabels to labels that only its pods have`;
    return [{ path, message, hint, inKey: true }];
  }
  const selector = `selectorLabels: { ${NAME}: ${name} } and podLabels: { ${label}: ${name} }`;
  const isInSelector = Object.hasOwn(pods.selector, label);
  const lines = isInSelector ? selector : `podLabels: { ${label}: ${name} }`;
  return [{ path, message, hint: `set processes.${process}.${lines}`, inKey: true }];
}

function selects({ selector }: Selected, { labels }: Selected): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}

/** A claim of the application: processes mount it as it is, and one of a single pod not at all. */
function claims(app: ResolvedWorkerApp, { processes: given = {} }: WorkerAppProps): FieldDiagnostic[] {
  const others = otherPods(specsOf(app));
  const ofOnePod = userVolumes(app.volumes).flatMap(({ name, claim }): FieldDiagnostic[] => {
    if (claim === undefined || !isOfOnePod(claim)) return [];
    const sharing = mountingPods(name, others);
    if (sharing.length === 0) return [];
    const message = `ReadWriteOncePod gives the volume to one pod, and ${mountToo(sharing)}: the others never start`;
    const hint = `set volumes: { ${name}: null } where it is not needed, or another mode`;
    return [{ path: ['volumes', name, 'claim', 'accessModes'], message, hint }];
  });
  const changed = Object.entries(given).flatMap(([process, { volumes }]) =>
    Object.entries(volumes ?? {}).flatMap(([name, volume]): FieldDiagnostic[] => {
      const isOurs = (app.volumes?.[name]?.claim ?? undefined) !== undefined;
      if (!isOurs || (volume?.claim ?? undefined) === undefined) return [];
      const message = 'the claim is that of the application';
      const hint = 'remove it, or choose another name for the volume';
      return [{ path: ['processes', process, 'volumes', name, 'claim'], message, hint, inKey: true }];
    }),
  );
  return [...ofOnePod, ...changed];
}

/** Each beat sends every task. */
function severalBeats({ processes = {} }: ResolvedWorkerApp): FieldDiagnostic[] {
  return Object.entries(processes).flatMap(([name, process]) => {
    const beat = beatOf(process);
    const { most = 1 } = podNumbers(process);
    if (beat === undefined || hasLock(beat) || most <= 1) return [];
    const field = process.autoscaling === undefined ? ['replicas'] : ['autoscaling', 'maxReplicas'];
    const message = `each Celery beat sends every task: with ${most} pods, each task runs ${most} times`;
    const hint = beat.isInWorker
      ? `set it to 1, or run the beat in a process of its own: celery … beat, without -B here`
      : 'set it to 1, or name a scheduler with a lock: --scheduler redbeat.RedBeatScheduler';
    return [{ path: ['processes', name, ...field], message, hint }];
  });
}

/** The port of the metrics exists, and the ports of the Service differ. */
function ports({ processes = {} }: ResolvedWorkerApp): FieldDiagnostic[] {
  return Object.entries(processes).flatMap(([name, { ports: given = {}, metrics }]) => {
    const taken = new Map<number, string>();
    const twice = Object.entries(given).flatMap(([port, value]): FieldDiagnostic[] => {
      const number = typeof value === 'number' ? value : (value.servicePort ?? value.port);
      const other = taken.get(number);
      taken.set(number, port);
      if (other === undefined) return [];
      const message = `the Service has port ${number} already, as ${other}`;
      const hint = `set processes.${name}.ports.${port}.servicePort to another port`;
      return [{ path: ['processes', name, 'ports', port], message, hint }];
    });
    const wanted = metrics?.port;
    if (typeof wanted !== 'string' || Object.hasOwn(given, wanted)) return twice;
    const known = Object.keys(given);
    const message = `${inspect(wanted)} is not a port of the process${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
    const hint = nearestName(wanted, known) ?? 'write its number, or add it to ports';
    return [...twice, { path: ['processes', name, 'metrics', 'port'], message, hint }];
  });
}
