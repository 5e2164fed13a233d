import type { Monitor, MonitorEndpoint } from './monitor.js';
import type { Service, ServicePort } from './service.js';
import type { ContainerPort, Workload } from './workload.js';

/** The way from an endpoint of a monitor, as far as it leads without looking at pods. */
export interface Way {
  readonly monitor: Monitor;
  readonly endpoint: MonitorEndpoint;
  /** The Service in between; none for a PodMonitor. */
  readonly service?: Service;
  /** The Service's port in between; none where the endpoint names the container port itself. */
  readonly servicePort?: ServicePort;
}

/** One way in which an endpoint of a monitor reaches a port of a container. */
export interface Scrape extends Way {
  readonly workload: Workload;
  readonly port: ContainerPort;
}
