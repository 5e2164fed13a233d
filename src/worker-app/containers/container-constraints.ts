import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import type { PodConstraint, PodValues } from '../pod-values.js';
import { reservedPorts } from '../ports/metrics-ports-of.js';
import { metricsRange } from '../ports/port-constraints.js';
import { containerEntries, JOBS, WEB } from './container-entries.js';
import { expected, nearestName, oneOf } from '../../diagnostics/expected.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import type { ContainerEntry } from '../../kubernetes-shapes/types.js';
import type { WorkerAppProps } from '../worker-app-props.js';

/** The constraints of `initContainers` and `sidecars`. */
export const CONTAINER_CONSTRAINTS: readonly PodConstraint[] = [
  { reads: ['container'], ofEach: ['initContainers', 'sidecars'], problems: names },
  { reads: [], ofEach: ['initContainers', 'sidecars'], problems: restarts },
];

/** The constraints of `in`. */
export const CONTAINER_PLACE_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = [
  { reads: ['initContainers', 'sidecars', 'processes', 'cronJobs'], problems: places },
];

/** The constraints between containers and the workers in the same pod. */
export const WEB_CONTAINER_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  {
    reads: ['workers', 'http.port', 'metrics.startPort', 'metrics.strategy'],
    ofEach: ['initContainers', 'sidecars'],
    problems: ports,
  },
];

function names(app: PodValues): FieldDiagnostic[] {
  const taken = new Map([[app.container ?? '', "the application's container"]]);
  return containerEntries(app).flatMap(({ name, path }) => {
    const other = taken.get(name);
    taken.set(name, `an entry of ${String(path[0])}`);
    if (other === undefined) return [];
    return [{ path, message: `${other} has this name, too`, hint: 'choose another name', inKey: true }];
  });
}

/** Pods that `in` names. */
function places({ processes = {} }: ResolvedWorkerApp, props: WorkerAppProps): FieldDiagnostic[] {
  const known = [WEB, JOBS, ...Object.keys(processes)];
  const unknown = allContainers(props).flatMap(([path, { in: places }]) =>
    (places ?? []).flatMap((place, i) => {
      if (known.includes(place)) return [];
      const message = expected(oneOf(known), place);
      return [
        {
          path: [...path, 'in', i],
          message,
          hint: nearestName(place, known) ?? 'add the process to processes',
        },
      ];
    }),
  );
  const entries = [
    ...Object.entries(props.processes ?? {}).map(([name, entry]) => ({ place: ['processes', name], entry })),
    ...Object.entries(props.cronJobs ?? {}).map(([name, entry]) => ({ place: ['cronJobs', name], entry })),
  ];
  const inProcesses = entries.flatMap(({ place, entry }) =>
    allContainers(entry).flatMap(([path, container]) =>
      (container.in ?? undefined) === undefined
        ? []
        : [
            {
              path: [...place, ...path, 'in'],
              message: 'this container is only in the pods of this entry',
              hint: 'remove it, or write the container in sidecars or initContainers of the application',
              inKey: true,
            },
          ],
    ),
  );
  return [...unknown, ...inProcesses];
}

function allContainers({
  initContainers = {},
  sidecars = {},
}: Pick<WorkerAppProps, 'initContainers' | 'sidecars'>): [FieldPath, ContainerEntry][] {
  return Object.entries({ initContainers, sidecars }).flatMap(([key, entries]) =>
    Object.entries(entries).map(([name, entry]): [FieldPath, ContainerEntry] => [[key, name], entry]),
  );
}

/** Fields of containers that run as long as the pod. */
const OF_RUNNING = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'] as const;

function restarts(app: PodValues): FieldDiagnostic[] {
  return containerEntries(app).flatMap(({ path, container, ends }): FieldDiagnostic[] => {
    const { native = true, restartPolicy } = container;
    const given = restartPolicy ?? undefined;
    const [key] = path;
    if (ends)
      return OF_RUNNING.filter((field) => (container[field] ?? undefined) !== undefined).map((field) => ({
        path: [...path, field],
        message:
          'an init container ends before the application starts, and Kubernetes refuses this field in it',
        hint: 'remove it, or write the container in sidecars',
        inKey: true,
      }));
    if (key !== 'sidecars' || given === undefined || (native && given === 'Always')) return [];
    const message = native
      ? `a sidecar restarts always, and Kubernetes refuses another policy in it`
      : 'Kubernetes refuses this field in an ordinary container, which restarts always';
    return [{ path: [...path, 'restartPolicy'], message, hint: 'remove it' }];
  });
}

/** Workers and sidecars share the network of the pod. */
function ports(app: ResolvedWorkerApp): FieldDiagnostic[] {
  if (metricsRange(app).length > 0) return [];
  const ofWorkers = reservedPorts(app);
  return containerEntries(app).flatMap(({ path, container, ends }) =>
    (ends ? [] : (container.ports ?? [])).flatMap(({ containerPort }, i) =>
      ofWorkers.covers(containerPort)
        ? [
            {
              path: [...path, 'ports', i, 'containerPort'],
              message: `${containerPort} is a metrics port (${ofWorkers}) of the workers, which are in the same pod`,
              hint: `choose a port outside ${ofWorkers}, or set metrics.startPort`,
            },
          ]
        : [],
    ),
  );
}
