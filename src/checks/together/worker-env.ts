import { inspect } from '../../diagnostics/expected.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Wiring } from '../wiring/wiring.js';
import { isMetricsPort, type ContainerPort, type WorkloadContainer } from '../cluster/workload.js';

/** Checks that METRICS_START_PORT and WEB_CONCURRENCY match the numbered metrics ports of a container. */
export function checkWorkerEnv({ workloads }: Wiring): Diagnostic[] {
  return workloads.flatMap(({ object, containers }) =>
    containers.flatMap((container) =>
      problemsOf(container).map((problem) => ({ object, field: `${container.field}.env`, ...problem })),
    ),
  );
}

type Problem = Pick<Diagnostic, 'severity' | 'message' | 'hint'>;

/** A wrong value is an error. A missing variable is a warning: the image may set it. */
function problemsOf(container: WorkloadContainer): Problem[] {
  const ports = numberedPorts(container);
  const first = ports[0]?.number;
  // Others than numbers are reported elsewhere, or Flux replaces them.
  if (typeof first !== 'number' || ports.some(({ number }) => typeof number !== 'number')) return [];
  const outOfLine = ports.filter(
    ({ name, number }, i) => name !== `metrics-${i + 1}` || number !== first + i,
  );
  return [
    ...outOfLine.map(({ name, number }): Problem => ({
      severity: 'warning',
      message: `${name} is port ${String(number)}; metrics ports must be metrics-1, metrics-2, … with consecutive numbers`,
    })),
    ...checkVariable(container, 'WEB_CONCURRENCY', ports.length, `there are ${ports.length} metrics ports`),
    ...checkVariable(container, 'METRICS_START_PORT', first, `the first metrics port is ${first}`),
  ];
}

/** Returns the ports metrics-1, metrics-2, … in the order of their numbers. */
export function numberedPorts({ ports }: WorkloadContainer): ContainerPort[] {
  const worker = ({ name = '' }: ContainerPort) => Number(name.replace('metrics-', ''));
  return ports
    .filter((port) => isMetricsPort(port) && port.name !== 'metrics')
    .toSorted((a, b) => worker(a) - worker(b));
}

function checkVariable(
  { env, hasEnvFrom }: WorkloadContainer,
  name: string,
  fact: number,
  inWords: string,
): Problem[] {
  if (!env.has(name) && hasEnvFrom) return []; // envFrom may set it
  const hint = `set it to "${fact}"`;
  if (!env.has(name)) return [{ severity: 'warning', message: `${name} is not set, but ${inWords}`, hint }];
  const value = env.get(name);
  return value === undefined || value === String(fact)
    ? []
    : [{ severity: 'error', message: `${name} is ${inspect(value)}, but ${inWords}`, hint }];
}
