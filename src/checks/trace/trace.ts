import { checkWired, type FileOf } from '../check-manifests.js';
import { withoutOverwritten } from '../duplicates.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import type { Scrape, ScrapePath, UnseenPath } from '../scrape-path.js';
import { unusedMonitors } from '../prometheus-selection.js';
import { isWorkersPort, repeatedScrapes } from '../scraped-once.js';
import { hasWorkersWithoutPort, isWithoutExporter, workersOf } from '../server-settings.js';
import { unscrapedWorkers } from '../unscraped-workers.js';
import { traceWiring, type Wiring } from '../wiring.js';
import { isMetricsPort, type ContainerPort, type Workload, type WorkloadContainer } from '../workload.js';

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
  /** Why the path is unseen or undecided. */
  readonly reason?: string;
  /** Whether it depends on the running cluster (relabelling, network policies) if the port is scraped on this path. */
  readonly isUndecided?: true;
  /** Whether the visible path is correct: one endpoint, one port, and the application's environment has its number. */
  readonly isWhole: boolean;
}

export interface Port {
  readonly name?: string | undefined;
  readonly number: unknown;
}

/** Every chain in the manifests, and all diagnostics about them. */
export interface Trace {
  readonly chains: readonly Chain[];
  readonly findings: readonly Diagnostic[];
}

/** The variables with the first metrics port and the number of workers. */
const ENV = ['METRICS_START_PORT', 'WEB_CONCURRENCY'];

/**
 * Traces the metrics of every worker.
 * @param manifests must contain the monitors with their Services and workloads
 * @param fileOf adds the files to the diagnostics
 */
export function trace(manifests: readonly Manifest[], fileOf?: FileOf): Trace {
  const wiring = traceWiring(withoutOverwritten(manifests));
  const findings = [
    ...checkWired(manifests, wiring, fileOf),
    ...unusedMonitors(wiring.monitors, wiring.selections),
  ];
  const rejected = new Set(findings.flatMap(({ rejectedBy, object }) => (rejectedBy ? [object] : [])));
  const isRejected = (object: string | undefined) => object !== undefined && rejected.has(object);
  const chains = [...chainsToPorts(wiring), ...wiring.unseen.map(chainOutOfSight), ...dangling(wiring)];
  return {
    chains: chains.map((chain) =>
      [chain.monitor, chain.service, chain.workload].some(isRejected) ? { ...chain, isWhole: false } : chain,
    ),
    findings,
  };
}

/** Returns the chains to the ports of each workload: first declared ports in their order, then the others. */
function chainsToPorts(wiring: Wiring): Chain[] {
  const repeated = repeatedScrapes(wiring);
  const scraped = new Map<Workload, Chain[]>();
  const numbers = new Map<Workload, Set<unknown>>();
  const add = (scrape: Scrape, isUndecided: boolean) => {
    const { workload, container, port } = scrape;
    const admission = wiring.policies.admission(scrape);
    const isWhole =
      admission.result !== 'refused' &&
      !repeated.has(scrape) &&
      isTold(container, port) &&
      isServed(container, port, wiring);
    const chain = {
      ...startOf(scrape),
      ...endOf(workload, container, port),
      ...((isUndecided || admission.result === 'undecided') && { isUndecided: true as const }),
      ...(admission.result === 'undecided' && { reason: admission.reason }),
      isWhole,
    };
    scraped.set(workload, [...(scraped.get(workload) ?? []), chain]);
    numbers.set(workload, (numbers.get(workload) ?? new Set()).add(port.number));
  };
  for (const scrape of wiring.scrapes) add(scrape, false);
  for (const scrape of wiring.undecided) add(scrape, true);
  for (const [workload, container, port] of lacking(wiring))
    if (!numbers.get(workload)?.has(port.number)) {
      const chain = { ...endOf(workload, container, port), isWhole: false };
      scraped.set(workload, [...(scraped.get(workload) ?? []), chain]);
    }
  return wiring.workloads.flatMap((workload) => [
    ...inOrder(workload, scraped.get(workload) ?? []),
    ...withoutPort(workload, wiring),
  ]);
}

/** Returns the ports that a monitor must scrape. */
function lacking(wiring: Wiring): [Workload, WorkloadContainer, ContainerPort][] {
  const ofPorts = wiring.unfollowed.length > 0 ? [] : wiring.workloads;
  return [
    ...ofPorts.flatMap((workload) =>
      workload.containers.flatMap((container) =>
        container.ports
          .filter((port) => isWorkersPort(port, container))
          .map((port): [Workload, WorkloadContainer, ContainerPort] => [workload, container, port]),
      ),
    ),
    ...unscrapedWorkers(wiring).flatMap(({ workload, container, numbers }) =>
      numbers.map((number): [Workload, WorkloadContainer, ContainerPort] => [
        workload,
        container,
        { name: undefined, number, protocol: 'TCP', field: container.field },
      ]),
    ),
  ];
}

function inOrder({ containers }: Workload, chains: readonly Chain[]): readonly Chain[] {
  if (chains.length < 2) return chains;
  const order = new Map(containers.flatMap(({ ports }) => ports).map(({ number }, i) => [number, i]));
  const place = ({ containerPort }: Chain) => order.get(containerPort?.number) ?? order.size;
  return chains.toSorted((a, b) => place(a) - place(b));
}

/** Returns a chain for each container with more workers than metrics ports. */
function withoutPort(workload: Workload, { servers }: Wiring): Chain[] {
  return workload.containers
    .filter((container) => hasWorkersWithoutPort(container, servers.get(container)))
    .map((container) => ({
      workload: workload.object,
      container: container.name ?? '?',
      env: told(container),
      isWhole: false,
    }));
}

function endOf(
  workload: Workload,
  container: WorkloadContainer | undefined,
  { name, number }: ContainerPort,
) {
  const serving = container ?? onlyContainer(workload);
  return {
    workload: workload.object,
    ...(serving && { container: serving.name ?? '?' }),
    containerPort: { name, number },
    env: serving === undefined ? {} : told(serving),
  };
}

/** Returns the only container that runs. It must serve a port that no container declares. */
function onlyContainer({ containers }: Workload): WorkloadContainer | undefined {
  const [only, ...others] = containers.filter(({ endsBeforeOthers }) => !endsBeforeOthers);
  return others.length === 0 ? only : undefined;
}

function chainOutOfSight(path: UnseenPath): Chain {
  return { ...startOf(path), isUnseen: true, reason: path.reason, isWhole: true };
}

function startOf({ monitor, endpoint, service, servicePort }: ScrapePath): Partial<Chain> {
  return {
    monitor: monitor.object,
    endpoint: endpoint.field,
    ...(service && { service: service.object }),
    ...(servicePort && { servicePort: { name: servicePort.name, number: servicePort.number } }),
  };
}

/** Returns chains of endpoints that reach no container, and of monitors without endpoints. */
function dangling({ monitors, scrapes, undecided, unseen }: Wiring): Chain[] {
  const leading = new Set([...scrapes, ...undecided, ...unseen].map(({ endpoint }) => endpoint));
  return monitors.flatMap(({ object, endpoints }): Chain[] => {
    if (endpoints.length === 0) return [{ monitor: object, isWhole: false }];
    return endpoints
      .filter((endpoint) => !leading.has(endpoint))
      .map(({ field }) => ({ monitor: object, endpoint: field, isWhole: false }));
  });
}

function told({ env }: WorkloadContainer): Readonly<Record<string, string>> {
  const entries = ENV.map((name) => [name, env.get(name)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Whether METRICS_START_PORT and WEB_CONCURRENCY, if both are set, include the port. */
function isTold(container: WorkloadContainer | undefined, port: ContainerPort): boolean {
  if (container === undefined || !isMetricsPort(port) || port.name === 'metrics') return true;
  const [start, count] = ENV.map((name) => container.env.get(name));
  if (start === undefined || count === undefined) return true;
  return Number(port.number) >= Number(start) && Number(port.number) < Number(start) + Number(count);
}

/** Whether a worker serves the metrics port: enough workers are started, and each loads the exporter. */
function isServed(
  container: WorkloadContainer | undefined,
  port: ContainerPort,
  { servers }: Wiring,
): boolean {
  if (container === undefined || !isWorkersPort(port, container)) return true;
  const process = servers.get(container);
  const worker = Number(/^metrics-([0-9]+)$/.exec(port.name ?? '')?.[1] ?? 1);
  return worker <= (workersOf(process) ?? worker) && !isWithoutExporter(container, process);
}
