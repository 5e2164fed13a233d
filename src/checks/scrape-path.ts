import type { Monitor, MonitorEndpoint } from './monitor.js';
import type { Service, ServicePort } from './service.js';
import type { ContainerPort, Workload, WorkloadContainer } from './workload.js';

/** The path from an endpoint of a monitor, as far as it leads without pods. */
export interface ScrapePath {
  readonly monitor: Monitor;
  readonly endpoint: MonitorEndpoint;
  /** The Service in between; none for a PodMonitor. */
  readonly service?: Service;
  /** The Service's port in between; none where the path leads to a container port that no Service port has. */
  readonly servicePort?: ServicePort;
}

/** One path on which an endpoint of a monitor reaches a port of a pod. */
export interface Scrape extends ScrapePath {
  readonly workload: Workload;
  /** The container that declares the port, or the only one that can serve it. */
  readonly container: WorkloadContainer | undefined;
  /** As a container declares it, or as a Service targets it by number. */
  readonly port: ContainerPort;
  /** The page that is read, with its parameters; undefined where relabelling writes what only the cluster knows. */
  readonly page: string | undefined;
}

/** A path that ends where nothing in the manifests says more. */
export interface UnseenPath extends ScrapePath {
  /** `the Service selects no pods` */
  readonly reason: string;
}
