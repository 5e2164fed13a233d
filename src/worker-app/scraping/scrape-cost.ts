import type { EndpointStyle, MetricsService, MonitorKind } from '../worker-app-props.js';

/** What scraping an application costs a Prometheus and the nodes of its cluster. */
export interface ScrapeCost {
  /** Scrape jobs in Prometheus' configuration. */
  readonly jobs: number;
  /** Targets that are scraped. */
  readonly targets: number;
  /** Targets relabelled each time that the discovery of pods finds a change. */
  readonly relabelings: number;
  /** Targets that relabelling drops; Prometheus keeps them in memory, to show them. */
  readonly droppedTargets: number;
  /** iptables rules on each node (kube-proxy: about 2 a Service port, and 3 for each pod behind it). */
  readonly iptablesRules: number;
}

/** How the pods of an application are scraped. */
export interface Scraped {
  /** Metrics ports of each pod. */
  readonly ports: number;
  readonly monitor: MonitorKind;
  readonly endpoints: EndpointStyle;
  readonly service: MetricsService;
}

/**
 * Each endpoint of a monitor is a scrape job, and each job is offered every port that the discovery found: N endpoints
 * for N ports of P pods are N·(N+1)·P relabelled targets, of which all but N·P are dropped.
 */
export function scrapeCost({ ports, monitor, endpoints, service }: Scraped, pods: number): ScrapeCost {
  const jobs = endpoints === 'single' ? 1 : ports;
  const targets = ports * pods;
  const relabelings = jobs * (ports + 1) * pods;
  const servicePorts = 1 + (monitor === 'ServiceMonitor' && service === 'shared' ? ports : 0);
  return {
    jobs,
    targets,
    relabelings,
    droppedTargets: relabelings - targets,
    iptablesRules: servicePorts * (2 + 3 * pods),
  };
}
