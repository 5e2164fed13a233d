import type { Service, ServicePort } from './service.js';
import type { ContainerPort, Workload, WorkloadContainer } from './workload.js';

/** A target as Prometheus discovers it: a port of a pod. */
export interface Discovered {
  readonly workload: Workload;
  readonly port: ContainerPort;
  /** The container that declares the port; undefined if none does. */
  readonly container: WorkloadContainer | undefined;
  readonly servicePort?: ServicePort;
}

/**
 * Returns the targets of pods behind a Service (Prometheus' roles endpoints and endpointslice): the pod ports that the
 * Service targets and, if there is at least one, all other ports of the containers.
 */
export function targetsBehind(service: Service, workload: Workload): Discovered[] {
  const endpoints = service.ports.flatMap((servicePort) => endpointOf(servicePort, workload) ?? []);
  if (endpoints.length === 0) return [];
  const covered = new Set(endpoints.map(({ port }) => port.number));
  return [...endpoints, ...targetsOf(workload).filter(({ port }) => !covered.has(port.number))];
}

/** Returns the targets of pods without a Service (Prometheus' role pod): every port that a container declares. */
export function targetsOf(workload: Workload): Discovered[] {
  return workload.containers
    .filter(({ endsBeforeOthers }) => !endsBeforeOthers)
    .flatMap((container) => container.ports.map((port) => ({ workload, container, port })));
}

/** Returns the targets of containers without ports. Their address is the pod's IP until relabelling adds a port. */
export function targetsWithoutPort(workload: Workload): Discovered[] {
  return workload.containers
    .filter(({ endsBeforeOthers, ports }) => !endsBeforeOthers && ports.length === 0)
    .map((container) => {
      const port = { name: undefined, number: undefined, protocol: 'TCP', field: container.field };
      return { workload, container, port };
    });
}

/**
 * Returns the pod port that a Service port targets (Kubernetes' FindPort). A name finds the first container port with
 * this name and protocol. A number is used even if no container declares it.
 */
export function endpointOf(servicePort: ServicePort, workload: Workload): Discovered | undefined {
  const { target, protocol } = servicePort;
  if (typeof target !== 'number') {
    const named = declared(workload, (port) => port.name === target && port.protocol === protocol);
    // The spread comes last: keys after a spread give each object a hidden class of its own in V8.
    return named && { servicePort, ...named };
  }
  const found =
    declared(workload, (port) => port.number === target && port.protocol === protocol) ??
    targetAt(workload, target, protocol);
  return { servicePort, ...found };
}

/** Returns the target at a port number. No container needs to declare it. */
export function targetAt(workload: Workload, number: number, protocol = 'TCP'): Discovered {
  return declared(workload, (port) => port.number === number) ?? undeclared(workload, number, protocol);
}

/** Returns the first declared port that is wanted. */
function declared(workload: Workload, isWanted: (port: ContainerPort) => boolean): Discovered | undefined {
  for (const container of workload.containers) {
    const port = container.endsBeforeOthers ? undefined : container.ports.find(isWanted);
    if (port !== undefined) return { workload, container, port };
  }
  return undefined;
}

/** Returns a target at a port that no container declares. */
function undeclared(workload: Workload, number: number, protocol: string): Discovered {
  const port = { name: undefined, number, protocol, field: `${workload.podField}.containers` };
  return { workload, container: undefined, port };
}
