import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { formatPath } from '../../diagnostics/field-path.js';
import { hasLock, type CeleryBeat } from '../../servers/celery.js';
import { containerEntries, type Entry } from '../containers/container-entries.js';
import type { DeploymentConstraint, DeploymentValues } from '../pod-values.js';
import type { EnvValue } from '../worker-app-props.js';
import { podNumbers } from '../scale/pod-numbers.js';
import { beatOf } from './celery-beat.js';

/** The constraints of pods in which a Celery beat runs. An invalid variable only makes a word of the command unknown. */
export const BEAT_CONSTRAINTS: readonly DeploymentConstraint[] = [
  {
    reads: ['command', 'args', 'replicas', 'autoscaling', 'initContainers', 'sidecars'],
    problems: severalBeats,
  },
];

/** Each beat sends every task. */
function severalBeats(pods: DeploymentValues): FieldDiagnostic[] {
  const { most = 1 } = podNumbers(pods);
  const [remedy] = most > 1 ? remediesOf(pods) : [];
  if (remedy === undefined) return [];
  const path = pods.autoscaling === undefined ? ['replicas'] : ['autoscaling', 'maxReplicas'];
  const message = `each Celery beat sends every task: with ${most} pods, each task runs ${most} times`;
  return [{ path, message, hint: `set it to 1, or ${remedy}` }];
}

/** The remedy for each beat in a pod that has no lock. */
function remediesOf(pods: DeploymentValues): string[] {
  const own = beatOf(pods);
  const sidecars = containerEntries(pods).filter(({ ends, ...entry }) => {
    const beat = ends ? undefined : beatOfContainer(entry, pods);
    return beat !== undefined && !hasLock(beat);
  });
  return [
    ...(own === undefined || hasLock(own) ? [] : [remedyOf(own)]),
    ...sidecars.map(({ path }) => `run the beat of ${formatPath(path)} in a process of its own`),
  ];
}

function remedyOf({ isInWorker }: CeleryBeat): string {
  return isInWorker
    ? 'run the beat in a process of its own: celery … beat, without -B here'
    : 'name a scheduler with a lock: --scheduler redbeat.RedBeatScheduler';
}

function beatOfContainer(
  { container }: Pick<Entry, 'container'>,
  pods: DeploymentValues,
): CeleryBeat | undefined {
  const { image, command, args, env: own } = container;
  const shared = (image ?? undefined) === undefined ? pods.env : {};
  const env = new Map<string, EnvValue>(Object.entries(shared ?? {}));
  for (const { name, value } of own ?? []) {
    if (value === undefined) env.delete(name);
    else env.set(name, value);
  }
  return beatOf({ command: command ?? [], args: args ?? [], env: Object.fromEntries(env) });
}
