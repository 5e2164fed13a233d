import type { Monitor, MonitorEndpoint } from '../cluster/monitor.js';
import type { Service, ServicePort } from '../cluster/service.js';
import type { ContainerPort, Workload, WorkloadContainer } from '../cluster/workload.js';

/** The path from an endpoint of a monitor to a Service port, without the pods. */
export interface ScrapePath {
  readonly monitor: Monitor;
  readonly endpoint: MonitorEndpoint;
  /** Undefined for a PodMonitor. */
  readonly service?: Service;
  /** Undefined if no Service port targets the container port. */
  readonly servicePort?: ServicePort;
}

/** A path from an endpoint of a monitor to a port of a pod. */
export interface Scrape extends ScrapePath {
  readonly workload: Workload;
  /** The container that declares the port, or the only one that can serve it. */
  readonly container: WorkloadContainer | undefined;
  /** The port that a container declares, or that a Service targets by number. */
  readonly port: ContainerPort;
  /** HTTP path with its parameters; undefined if relabelling sets them to values of the running cluster. */
  readonly page: string | undefined;
}

/** A path whose end is not in the manifests. */
export interface UnseenPath extends ScrapePath {
  /** `the Service selects no pods` */
  readonly reason: string;
  /** The pods to a port of which the path may lead. */
  readonly workloads?: readonly Workload[];
}

/** The parts of a path from a monitor, in order. `workers` are the processes behind the port of a pod. */
export type PathPart = 'monitor' | 'service' | 'pods' | 'workers';

/** A path that leads to no port. */
export interface LostPath extends ScrapePath {
  /** The first part that is missing or wrong. */
  readonly brokenAt: PathPart;
  /** `no container has this port` */
  readonly reason: string;
}
