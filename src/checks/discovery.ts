import type { Service, ServicePort } from './service.js';
import type { ContainerPort, Workload, WorkloadContainer } from './workload.js';

/** A target as Prometheus discovers it: a port of a pod. */
export interface Discovered {
  readonly workload: Workload;
  readonly port: ContainerPort;
  /** The container that declares the port; undefined where none does. */
  readonly container: WorkloadContainer | undefined;
  readonly servicePort?: ServicePort;
}

/**
 * The targets of pods behind a Service (Prometheus' roles endpoints and endpointslice): the ports to which those of the
 * Service lead and, where there is one, all other ports of the containers.
 */
export function targetsBehind(service: Service, workload: Workload): Discovered[] {
  const endpoints = service.ports.flatMap((servicePort) => endpointOf(servicePort, workload) ?? []);
  if (endpoints.length === 0) return [];
  const covered = new Set(endpoints.map(({ port }) => port.number));
  return [...endpoints, ...targetsOf(workload).filter(({ port }) => !covered.has(port.number))];
}

/** The targets of pods by themselves (Prometheus' role pod): every port that a container declares. */
export function targetsOf(workload: Workload): Discovered[] {
  return workload.containers
    .filter(({ endsBeforeOthers }) => !endsBeforeOthers)
    .flatMap((container) => container.ports.map((port) => ({ workload, container, port })));
}

/** The targets of containers without ports, whose address is the pod's alone until relabelling adds a port. */
export function targetsWithoutPort(workload: Workload): Discovered[] {
  return workload.containers
    .filter(({ endsBeforeOthers, ports }) => !endsBeforeOthers && ports.length === 0)
    .map((container) => {
      const port = { name: undefined, number: undefined, protocol: 'TCP', field: container.field };
      return { workload, container, port };
    });
}

/**
 * The port of a pod to which a Service's port leads (Kubernetes' FindPort): by name the first container port of that name
 * and protocol; by number that number, whether a container declares it or not.
 */
export function endpointOf(servicePort: ServicePort, workload: Workload): Discovered | undefined {
  const { target, protocol } = servicePort;
  const declared = targetsOf(workload);
  if (typeof target !== 'number') {
    const named = declared.find(({ port }) => port.name === target && port.protocol === protocol);
    return named && { ...named, servicePort };
  }
  const numbered = declared.filter(({ port }) => port.number === target);
  const found = numbered.find(({ port }) => port.protocol === protocol) ?? numbered[0];
  return { ...(found ?? undeclared(workload, target, protocol)), servicePort };
}

/** A port that no container declares. */
export function undeclared(workload: Workload, number: number, protocol = 'TCP'): Discovered {
  const port = { name: undefined, number, protocol, field: `${workload.podField}.containers` };
  return { workload, container: undefined, port };
}
