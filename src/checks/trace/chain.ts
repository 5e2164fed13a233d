import type { PathPart } from '../wiring/scrape-path.js';

/** The path from a monitor to one port of a container. It may be incomplete. */
export interface Chain {
  /** `Deployment app/app-django`; undefined if the endpoint reaches no container. */
  readonly workload?: string;
  /** `django`; undefined if the endpoint reaches no container. */
  readonly container?: string;
  /** `ServiceMonitor app/app-django`; undefined if nothing scrapes the port. */
  readonly monitor?: string;
  /** `spec.endpoints[0]`; undefined if nothing scrapes the port, or the monitor has no endpoints. */
  readonly endpoint?: string;
  /** `Service app/app-django`; undefined if the path has no Service. */
  readonly service?: string;
  readonly servicePort?: Port;
  /** Undefined if the endpoint reaches no port, and for workers without a metrics port. */
  readonly containerPort?: Port;
  /** METRICS_START_PORT and WEB_CONCURRENCY of the container, if they have literal values. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether its end is not in the manifests, for example at a Service that selects no pods. */
  readonly isUnseen?: true;
  /** Why the path is unseen, undecided or broken. */
  readonly reason?: string;
  /** Whether it depends on the running cluster (relabelling, network policies) if the port is scraped on this path. */
  readonly isUndecided?: true;
  /** Whether the visible path is correct: one endpoint, one port, and the application's environment has its number. */
  readonly isWhole: boolean;
  /** The first part that is missing or wrong, seen from the monitor; only for a broken path. */
  readonly brokenAt?: PathPart;
}

export interface Port {
  readonly name?: string | undefined;
  readonly number: unknown;
}
