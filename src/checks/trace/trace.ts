import { checkObjects, checkTogether, type PlaceOf } from '../check-manifests.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { checkSpecShape } from '../one-object/spec-shape.js';
import type { Monitor, MonitorEndpoint } from '../cluster/monitor.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import type { LostPath, Scrape, ScrapePath, UnseenPath } from '../wiring/scrape-path.js';
import { unusedMonitors } from '../cluster/prometheus-selection.js';
import { isWorkersPort, repeatedScrapes, unscrapedPorts } from '../together/scraped-once.js';
import { hasWorkersWithoutPort } from '../together/server-settings.js';
import { notesOnSharedPorts } from '../together/shared-port.js';
import { unscrapedWorkers } from '../together/unscraped-workers.js';
import { traceWiring, type Wiring } from '../wiring/wiring.js';
import type { ContainerPort, Workload, WorkloadContainer } from '../cluster/workload.js';
import type { Chain } from './chain.js';
import { withPlaces } from './places.js';
import { rangeVariables, whyBroken, type Break } from './why-broken.js';

/** Every chain in the manifests, and all diagnostics about them. */
export interface Trace {
  readonly chains: readonly Chain[];
  /** Errors and warnings. */
  readonly diagnostics: readonly Diagnostic[];
  readonly notes: readonly Diagnostic[];
}

/**
 * Traces the metrics of every worker.
 * @param manifests must contain the monitors with their Services and workloads
 * @param placeOf adds the places to the diagnostics
 * @param checked the diagnostics of `checkManifests`, if each object is checked already
 */
export function trace(
  manifests: readonly Manifest[],
  placeOf: PlaceOf = () => undefined,
  checked?: readonly Diagnostic[],
): Trace {
  const wiring = traceWiring(manifests);
  const placed = (found: readonly Diagnostic[]) => withPlaces(found, manifests, placeOf);
  const diagnostics = [
    ...(checked ?? checkObjects(wiring, placeOf, [checkSpecShape])),
    ...placed([...checkTogether(wiring), ...unusedMonitors(wiring.monitors, wiring.selections)]),
  ];
  const chains = [...chainsToPorts(wiring), ...wiring.unseen.map(chainOutOfSight), ...dangling(wiring)];
  return {
    chains: withRejected(chains, diagnostics),
    diagnostics,
    notes: placed(notesOnSharedPorts(wiring)),
  };
}

/** Breaks the chains through objects that the cluster does not use. */
function withRejected(chains: readonly Chain[], diagnostics: readonly Diagnostic[]): readonly Chain[] {
  const rejected = new Map(
    diagnostics.flatMap(({ rejectedBy, object }) => (rejectedBy ? [[object, rejectedBy]] : [])),
  );
  if (rejected.size === 0) return chains;
  return chains.map((chain) => {
    const { monitor, service, workload } = chain;
    const parts = { monitor, service, pods: workload };
    const brokenAt = (['monitor', 'service', 'pods'] as const).find((part) => rejected.has(parts[part]));
    if (brokenAt === undefined) return chain;
    const object = parts[brokenAt] ?? '';
    return { reason: `the ${rejected.get(object)} refuses ${object}`, brokenAt, ...chain, isWhole: false };
  });
}

const NOT_SCRAPED: Break = { brokenAt: 'monitor', reason: 'no monitor scrapes this port' };

/** Returns the chains to the ports of each workload: first declared ports in their order, then the others. */
function chainsToPorts(wiring: Wiring): Chain[] {
  const repeated = repeatedScrapes(wiring);
  const scraped = new Map<Workload, Chain[]>();
  const add = (scrape: Scrape, isUndecided: boolean) => {
    const { workload, container, port } = scrape;
    const admission = wiring.policies.admission(scrape);
    const broken = whyBroken(scrape, repeated, wiring);
    // Not spreads: V8 would give each chain a hidden class of its own.
    const chain: Chain = Object.assign(
      {},
      startOf(scrape),
      endOf(workload, container, port),
      (isUndecided || admission.result === 'undecided') && { isUndecided: true as const },
      admission.result === 'undecided' && { reason: admission.reason },
      broken,
      { isWhole: broken === undefined },
    );
    scraped.set(workload, [...(scraped.get(workload) ?? []), chain]);
  };
  for (const scrape of wiring.scrapes) add(scrape, false);
  for (const scrape of wiring.undecided) add(scrape, true);
  for (const { workload, container, port } of lacking(wiring)) {
    const chain = { ...endOf(workload, container, port), ...NOT_SCRAPED, isWhole: false };
    scraped.set(workload, [...(scraped.get(workload) ?? []), chain]);
  }
  return wiring.workloads.flatMap((workload) => [
    ...inOrder(workload, scraped.get(workload) ?? []),
    ...withoutPort(workload, wiring),
  ]);
}

/** Returns the ports of workers that no monitor scrapes. */
function lacking(wiring: Wiring) {
  const ofPorts = wiring.unfollowed.length > 0 ? [] : unscrapedPorts(wiring, isWorkersPort);
  const ofWorkers = unscrapedWorkers(wiring).flatMap(({ workload, container, numbers }) =>
    numbers.map((number) => {
      const port = { name: undefined, number, protocol: 'TCP', field: container.field };
      return { workload, container, port };
    }),
  );
  return [...ofPorts, ...ofWorkers];
}

function inOrder({ containers }: Workload, chains: readonly Chain[]): readonly Chain[] {
  if (chains.length < 2) return chains;
  const order = new Map(containers.flatMap(({ ports }) => ports).map(({ number }, i) => [number, i]));
  const place = ({ containerPort }: Chain) => order.get(containerPort?.number) ?? order.size;
  return chains.toSorted((a, b) => place(a) - place(b));
}

const WITHOUT_PORT: Break = { brokenAt: 'pods', reason: 'more workers than metrics ports' };

/** Returns a chain for each container with more workers than metrics ports. */
function withoutPort(workload: Workload, { servers }: Wiring): Chain[] {
  return workload.containers
    .filter((container) => hasWorkersWithoutPort(container, servers.get(container)))
    .map((container) => ({
      workload: workload.object,
      container: container.name ?? '?',
      env: rangeVariables(container),
      ...WITHOUT_PORT,
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
    env: serving === undefined ? {} : rangeVariables(serving),
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
function dangling({ monitors, scrapes, undecided, unseen, lost }: Wiring): Chain[] {
  const leading = new Set([...scrapes, ...undecided, ...unseen].map(({ endpoint }) => endpoint));
  const ends = new Map<MonitorEndpoint, LostPath[]>();
  for (const path of lost) ends.set(path.endpoint, [...(ends.get(path.endpoint) ?? []), path]);
  return monitors.flatMap((monitor): Chain[] => {
    const { object, endpoints } = monitor;
    if (endpoints.length === 0)
      return [
        { monitor: object, brokenAt: 'monitor', reason: 'the monitor has no endpoints', isWhole: false },
      ];
    return endpoints
      .filter((endpoint) => !leading.has(endpoint))
      .flatMap((endpoint) => ends.get(endpoint) ?? [{ monitor, endpoint, ...noTarget(monitor) }])
      .map(({ brokenAt, reason, ...path }) => ({ ...startOf(path), brokenAt, reason, isWhole: false }));
  });
}

function noTarget({ kind }: Monitor): Break {
  return kind === 'PodMonitor'
    ? { brokenAt: 'pods', reason: 'no pods with this port match the monitor' }
    : { brokenAt: 'service', reason: 'no Service with this port matches the monitor' };
}
