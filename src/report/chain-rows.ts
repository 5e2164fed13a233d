import { scalarText } from '../diagnostics/scalar-text.js';
import type { Chain, Port } from '../checks/trace/chain.js';
import { foldChains, rangeOf, type FoldedChains } from '../checks/trace/fold-chains.js';
import { endpointsOf } from '../checks/cluster/monitor.js';
import type { PathPart } from '../checks/wiring/scrape-path.js';
import { joinChains } from './join-chains.js';
import type { Manifest } from '../kubernetes/manifest.js';
import type { Facts } from './facts.js';
import type { PodCounts } from './pod-counts.js';

/** The parts of a path, from left to right. */
export const PARTS: readonly PathPart[] = ['monitor', 'service', 'pods', 'workers'];

/** Chains of equal workers: one row of the drawing. */
export interface ChainRow {
  readonly state: 'ok' | 'broken' | 'undecided' | 'unseen';
  readonly reason: string | undefined;
  readonly cells: Readonly<Record<PathPart, Cell>>;
}

/** One part of a path. */
export interface Cell {
  /** `Service shop/web`; undefined if the path has no object here. */
  readonly object?: string | undefined;
  /** Number of pods of the object. */
  readonly pods?: number | undefined;
  /** `metrics-1…5`, `5001…5005` */
  readonly ports: readonly string[];
  /** The numbers that explain the part. */
  readonly numbers: readonly string[];
  /** `missing`: expected, but not there. `passed`: the path needs no object here. `empty`: nothing is known. */
  readonly kind: 'object' | 'missing' | 'passed' | 'unseen' | 'empty';
  /** Whether the path is broken here. */
  readonly isBroken: boolean;
}

/** The rows of a drawing: equal workers share a row. */
export function chainRows(chains: readonly Chain[], { objects, pods }: Facts): ChainRow[] {
  const endpointOf = endpointReader(objects);
  const portOf = (chain: Chain) => portNamed(endpointOf(chain));
  return foldChains(joinChains(chains, portOf)).map((folded) => {
    const [chain] = folded;
    const cells = {
      monitor: monitorCell(folded, endpointOf),
      service: serviceCell(folded),
      pods: podsCell(folded, pods),
      workers: workersCell(folded),
    };
    return { state: stateOf(chain), reason: chain.reason, cells };
  });
}

type EndpointReader = (chain: Chain) => Manifest;

/** Reads the endpoint that a chain begins with. Each monitor is read once. */
function endpointReader(objects: Facts['objects']): EndpointReader {
  const monitors = new Map<string, ReadonlyMap<string, Manifest>>();
  return ({ monitor = '', endpoint = '' }) => {
    let endpoints = monitors.get(monitor);
    if (endpoints === undefined) {
      const found = endpointsOf(objects.get(monitor) ?? {});
      endpoints = new Map(found.map((each) => [each.field, each.endpoint]));
      monitors.set(monitor, endpoints);
    }
    return endpoints.get(endpoint) ?? {};
  };
}

function stateOf({ isWhole, isUnseen, isUndecided }: Chain): ChainRow['state'] {
  if (!isWhole) return 'broken';
  if (isUnseen) return 'unseen';
  return isUndecided ? 'undecided' : 'ok';
}

function monitorCell(folded: FoldedChains, endpointOf: EndpointReader): Cell {
  const [{ monitor, endpoint, brokenAt }] = folded;
  const isBroken = brokenAt === 'monitor';
  if (monitor === undefined) return { ...NOTHING, kind: isBroken ? 'missing' : 'empty', isBroken };
  const { interval, path } = endpointOf(folded[0]);
  const port = (chain: Chain) => scalarText(portNamed(endpointOf(chain)) ?? '');
  const ports = range(folded, port);
  return {
    object: monitor,
    ports: [endpoint === undefined ? 'no endpoints' : ports || 'all ports'],
    numbers: [
      endpoint === undefined ? '' : range(folded, (chain) => chain.endpoint ?? ''),
      typeof interval === 'string' ? `every ${interval}` : '',
      typeof path === 'string' ? path : '',
    ].filter(Boolean),
    kind: 'object',
    isBroken,
  };
}

function portNamed({ port, targetPort, portNumber }: Manifest): unknown {
  return port ?? targetPort ?? portNumber;
}

function serviceCell(folded: FoldedChains): Cell {
  const [{ monitor, service, servicePort, workload, brokenAt }] = folded;
  const isBroken = brokenAt === 'service';
  if (service === undefined) {
    const isPassed = workload !== undefined || monitor?.startsWith('PodMonitor ') === true;
    return { ...NOTHING, kind: isBroken ? 'missing' : isPassed ? 'passed' : 'empty', isBroken };
  }
  const ports = portRange(folded, (chain) => chain.servicePort);
  return {
    object: service,
    ports: servicePort === undefined ? [] : ports,
    numbers: servicePort === undefined ? ['no port for this container port'] : [`port ${ports.join(' ')}`],
    kind: 'object',
    isBroken,
  };
}

function podsCell(folded: FoldedChains, pods: PodCounts): Cell {
  const [{ workload, container, containerPort, isUnseen, reason, brokenAt }] = folded;
  const isBroken = brokenAt === 'pods';
  if (isUnseen) return { ...NOTHING, ports: [reason ?? ''], kind: 'unseen' };
  if (workload === undefined) return { ...NOTHING, kind: isBroken ? 'missing' : 'empty', isBroken };
  const ports = portRange(folded, (chain) => chain.containerPort);
  return {
    object: workload,
    pods: pods.get(workload),
    ports: containerPort === undefined ? ['no metrics port'] : ports,
    numbers: [container && `container ${container}`, containerPort && `port ${ports.join(' ')}`].filter(
      (text) => text !== undefined,
    ),
    kind: 'object',
    isBroken,
  };
}

function workersCell(folded: FoldedChains): Cell {
  const [{ workload, container, env = {}, brokenAt }] = folded;
  if (workload === undefined || container === undefined) return NOTHING;
  return {
    object: `container ${container}`,
    ports: [workersText(folded)],
    numbers: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    kind: 'object',
    isBroken: brokenAt === 'workers',
  };
}

const NOTHING: Cell = { ports: [], numbers: [], kind: 'empty', isBroken: false };

/** `worker 1…5`, `4 workers` behind one port, or `process`. */
function workersText(folded: FoldedChains): string {
  const [{ containerPort, env }] = folded;
  const workers = range(folded, (chain) => numberOfWorker(chain) ?? '');
  if (workers !== '') return `worker ${workers}`;
  const count = env?.['WEB_CONCURRENCY'];
  const isOfAll = containerPort === undefined || containerPort.name === 'metrics';
  return count !== undefined && isOfAll ? `${count} workers` : 'process';
}

/** The number of the worker by the name of its port, or by its distance from the first port. */
function numberOfWorker({ containerPort, env }: Chain): string | undefined {
  const [, byName] = /^metrics-([0-9]+)$/.exec(containerPort?.name ?? '') ?? [];
  const start = Number(env?.['METRICS_START_PORT']);
  const number = containerPort?.number;
  const byNumber = typeof number === 'number' ? number - start + 1 : 0;
  return byName ?? (containerPort?.name === undefined && byNumber >= 1 ? String(byNumber) : undefined);
}

function portRange(folded: FoldedChains, portOf: (chain: Chain) => Port | undefined): string[] {
  const name = range(folded, (chain) => portOf(chain)?.name ?? '');
  const number = range(folded, (chain) => scalarText(portOf(chain)?.number ?? ''));
  return [name, number].filter(Boolean);
}

function range(folded: FoldedChains, textOf: (chain: Chain) => string): string {
  return rangeOf(textOf(folded[0]), textOf(folded.at(-1) ?? folded[0]));
}
