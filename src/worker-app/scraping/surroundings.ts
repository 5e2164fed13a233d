/**
 * The targets that Prometheus discovers in the namespace of an application beside the ports of its pods. Each scrape job relabels and
 * drops all of them, unless the API server selects the Services or pods of the monitor.
 */
export interface Surroundings {
  /** Containers of each pod of the application that have no port, init containers too. A PodMonitor discovers each. */
  readonly containersWithoutPorts: number;
  /** Services of the user that select the pods of the application, too. A ServiceMonitor discovers all ports behind each. */
  readonly moreServices: number;
  /** Ports of all pods behind the other Services of the namespace. */
  readonly behindOtherServices: number;
  /** Ports of the other pods of the namespace, and their containers without ports. */
  readonly ofOtherPods: number;
}

/** An application that is alone in its namespace. */
export const ALONE: Surroundings = {
  containersWithoutPorts: 0,
  moreServices: 0,
  behindOtherServices: 0,
  ofOtherPods: 0,
};
