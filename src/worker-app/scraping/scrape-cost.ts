import type { OtherPorts } from './other-ports.js';
import type { EndpointStyle, MetricsService, MonitorKind, SelectorMechanism } from '../worker-app-props.js';
import { ALONE, type Surroundings } from './surroundings.js';

/** The cost of scraping an application, for Prometheus and for the nodes. */
export interface ScrapeCost {
  /** Number of scrape jobs in Prometheus' configuration. */
  readonly jobs: number;
  /** Number of scraped targets. */
  readonly targets: number;
  /** Number of targets that are relabeled each time the service discovery finds a change. */
  readonly relabelings: number;
  /** Number of targets that relabeling drops. Prometheus keeps them in memory, to show them in its UI. */
  readonly droppedTargets: number;
  /** Number of iptables rules on each node (kube-proxy: about 2 for each Service port, and 3 for each pod of it). */
  readonly iptablesRules: number;
}

/** How the pods of an application are scraped. */
export interface Scraped extends OtherPorts {
  /** Metrics ports of each pod. */
  readonly ports: number;
  readonly monitor: MonitorKind;
  readonly endpoints: EndpointStyle;
  readonly service: MetricsService;
  /** @default RelabelConfig */
  readonly selectorMechanism?: SelectorMechanism | undefined;
  /** @default - the application is alone in its namespace */
  readonly surroundings?: Surroundings | undefined;
}

/**
 * Each endpoint of a monitor becomes a scrape job, and each job relabels every discovered target. Alone in a namespace, N
 * endpoints for N ports of P pods relabel N·(N+1)·P targets and drop all but N·P of them.
 */
export function scrapeCost(scraped: Scraped, pods: number): ScrapeCost {
  const { ports, monitor, endpoints, service, extraEndpoints = 0, servicePorts = 1, ofSums } = scraped;
  const jobs = (endpoints === 'single' ? 1 : ports) + extraEndpoints;
  const targets = (ports + extraEndpoints) * pods;
  const relabelings = jobs * discoveredTargets(scraped, pods);
  const added =
    monitor === 'ServiceMonitor' && service === 'shared' ? ports - (ofSums?.servicePorts ?? 0) : 0;
  const allServicePorts = servicePorts + added;
  return {
    jobs,
    targets,
    relabelings,
    droppedTargets: relabelings - targets,
    iptablesRules: allServicePorts * (2 + 3 * pods),
  };
}

/** Number of targets that Prometheus discovers for each scrape job. */
function discoveredTargets(scraped: Scraped, pods: number): number {
  const { ports, podPorts = 1, ofSums, monitor, service, selectorMechanism, surroundings = ALONE } = scraped;
  const isSelected = selectorMechanism === 'RoleSelector';
  const ofPod = ports + podPorts - (ofSums?.podPorts ?? 0);
  if (monitor === 'PodMonitor')
    return (ofPod + surroundings.containersWithoutPorts) * pods + (isSelected ? 0 : surroundings.ofOtherPods);
  if (isSelected) return ofPod * pods;
  // Every Service of a pod has all its ports discovered, also those that the Service does not name.
  const services = (service === 'headless' ? 2 : 1) + surroundings.moreServices;
  return services * ofPod * pods + surroundings.behindOtherServices;
}
