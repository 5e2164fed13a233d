import { checkWired, type FileOf } from '../checks/check-manifests.js';
import { withoutOverwritten } from '../checks/duplicates.js';
import type { Finding } from '../checks/finding.js';
import type { Manifest } from '../checks/manifest.js';
import { monitorOf } from '../checks/monitor.js';
import type { Scrape, Way } from '../checks/scrape.js';
import { traceWiring, type Wiring } from '../checks/wiring.js';
import { isMetricsPort, type ContainerPort, type WorkloadContainer } from '../checks/workload.js';

/** The way from a monitor to one port of a container, as far as it leads. */
export interface Chain {
  /** `Deployment app/app-django`, `django`: undefined where an endpoint leads to no container. */
  readonly workload?: string;
  readonly container?: string;
  /** `ServiceMonitor app/app-django`, `spec.endpoints[0]`: undefined where nothing scrapes the port. */
  readonly monitor?: string;
  readonly endpoint?: string;
  /** `Service app/app-django` and its port; undefined where there is none in between. */
  readonly service?: string;
  readonly servicePort?: Port;
  readonly containerPort?: Port;
  /** What the application is told, where it is told by literal values. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it ends at a Service that selects no pods: somebody else keeps its endpoints, and nothing here says what they are. */
  readonly isUnseen?: true;
  /** Whether relabelling decides, by what is known only in the cluster, if the port is scraped this way. */
  readonly isUndecided?: true;
  /** Whether each link that can be seen holds: one endpoint, one port, and the application knows its number. */
  readonly isWhole: boolean;
}

export interface Port {
  readonly name?: string | undefined;
  readonly number: unknown;
}

/** Every chain in manifests, and everything that is wrong in them. */
export interface Trace {
  readonly chains: readonly Chain[];
  readonly findings: readonly Finding[];
}

/** Where the application is told how many workers there are, and their first port. */
const ENV = ['METRICS_START_PORT', 'WEB_CONCURRENCY'];

/**
 * Follows the metrics of every worker: the monitors, their Services and their workloads must all be there.
 * @param fileOf puts files into the findings
 */
export function trace(manifests: readonly Manifest[], fileOf?: FileOf): Trace {
  const remaining = withoutOverwritten(manifests);
  const wiring = traceWiring(remaining);
  const findings = checkWired(manifests, wiring, fileOf);
  const rejected = new Set(findings.flatMap(({ rejectedBy, object }) => (rejectedBy ? [object] : [])));
  const isRejected = (object: string | undefined) => object !== undefined && rejected.has(object);
  const { workloads, unseen } = wiring;
  const chains = workloads.flatMap(({ object, containers }) =>
    containers.flatMap((container) =>
      container.ports.flatMap((port) => chainsTo(object, container, port, wiring)),
    ),
  );
  return {
    chains: [...chains, ...unseen.map(chainOutOfSight), ...dangling(remaining, wiring)].map((chain) =>
      [chain.monitor, chain.service, chain.workload].some(isRejected) ? { ...chain, isWhole: false } : chain,
    ),
    findings,
  };
}

function chainsTo(
  workload: string,
  container: WorkloadContainer,
  port: ContainerPort,
  { scrapes, undecided }: Wiring,
): Chain[] {
  const leadsHere = (scrape: Scrape) => scrape.port === port;
  const found = scrapes.filter(leadsHere);
  const possible = undecided.filter(leadsHere);
  const end = {
    workload,
    container: container.name ?? '?',
    containerPort: { name: port.name, number: port.number },
    env: told(container),
  };
  if (found.length + possible.length === 0) return isMetricsPort(port) ? [{ ...end, isWhole: false }] : [];
  const whole = isTold(container, port);
  return [
    ...found.map((scrape) => ({ ...startOf(scrape), ...end, isWhole: found.length === 1 && whole })),
    ...possible.map((scrape) => ({
      ...startOf(scrape),
      ...end,
      isUndecided: true as const,
      isWhole: whole,
    })),
  ];
}

function chainOutOfSight(way: Way): Chain {
  return { ...startOf(way), isUnseen: true, isWhole: true };
}

function startOf({ monitor, endpoint, service, servicePort }: Way): Partial<Chain> {
  return {
    monitor: monitor.object,
    endpoint: endpoint.field,
    ...(service && { service: service.object }),
    ...(servicePort && { servicePort: { name: servicePort.name, number: servicePort.number } }),
  };
}

/** Endpoints that lead to no container. */
function dangling(manifests: readonly Manifest[], { scrapes, undecided, unseen }: Wiring): Chain[] {
  const leading = new Set(
    [...scrapes, ...undecided, ...unseen].map(
      ({ monitor, endpoint }) => `${monitor.object} ${endpoint.field}`,
    ),
  );
  return manifests.flatMap((manifest) => {
    const { object, endpoints } = monitorOf(manifest) ?? { object: '', endpoints: [] };
    return endpoints
      .filter(({ field }) => !leading.has(`${object} ${field}`))
      .map(({ field }) => ({ monitor: object, endpoint: field, isWhole: false }));
  });
}

function told({ env }: WorkloadContainer): Readonly<Record<string, string>> {
  const entries = ENV.map((name) => [name, env.get(name)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Whether the numbers that the application is told, if any, cover the port. */
function isTold({ env }: WorkloadContainer, { number }: ContainerPort): boolean {
  const [start, count] = ENV.map((name) => env.get(name));
  if (start === undefined || count === undefined) return true;
  return Number(number) >= Number(start) && Number(number) < Number(start) + Number(count);
}
