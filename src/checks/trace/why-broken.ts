import { scalarText } from '../../diagnostics/scalar-text.js';
import type { Scrape } from '../wiring/scrape-path.js';
import { isWorkersPort } from '../together/scraped-once.js';
import { isWithoutExporter, workersOf } from '../together/server-settings.js';
import type { Wiring } from '../wiring/wiring.js';
import { isMetricsPort, type ContainerPort, type WorkloadContainer } from '../cluster/workload.js';
import { nameOf } from '../../kubernetes/manifest.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';
import type { Chain } from './chain.js';

/** Where a path is broken, and why. */
export type Break = Required<Pick<Chain, 'brokenAt' | 'reason'>>;

/** The variables with the first metrics port and the number of workers. */
const ENV = ['METRICS_START_PORT', 'WEB_CONCURRENCY'];

/** Returns where a path to a port is broken; undefined if it is whole. */
export function whyBroken(
  scrape: Scrape,
  repeated: ReadonlySet<Scrape>,
  { policies, servers }: Wiring,
): Break | undefined {
  const { container, port } = scrape;
  if (repeated.has(scrape)) return { brokenAt: 'monitor', reason: 'Prometheus scrapes this port twice' };
  const admission = policies.admission(scrape);
  if (admission.result === 'refused')
    return {
      brokenAt: 'pods',
      reason: `${admission.policies.map(nameOf).join(', ')} does not admit Prometheus`,
    };
  if (container === undefined) return undefined;
  const env = rangeVariables(container);
  if (!isInRange(env, port))
    return {
      brokenAt: 'workers',
      reason: 'the application opens other ports: its environment has other numbers',
    };
  if (!isWorkersPort(port, container)) return undefined;
  const process = servers.get(container);
  const worker = Number(/^metrics-([0-9]+)$/.exec(port.name ?? '')?.[1] ?? 1);
  const workers = workersOf(process) ?? worker;
  if (worker > workers)
    return { brokenAt: 'workers', reason: `the server starts only ${workers} of the workers` };
  if (isWithoutExporter(container, process))
    return { brokenAt: 'workers', reason: 'no worker opens a metrics port' };
  return undefined;
}

/** Returns METRICS_START_PORT and WEB_CONCURRENCY of a container, if they have literal values. */
export function rangeVariables({ env }: WorkloadContainer): Readonly<Record<string, string>> {
  const entries = ENV.map((name) => [name, env.get(name)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Whether METRICS_START_PORT and WEB_CONCURRENCY, if both are set, include the port. */
function isInRange(env: Readonly<Record<string, string>>, port: ContainerPort): boolean {
  if (!isMetricsPort(port) || port.name === 'metrics') return true;
  if (isReplacedLater(port.number)) return true;
  const [start, count] = ENV.map((name) => env[name]);
  if (start === undefined || count === undefined) return true;
  const number = Number(scalarText(port.number));
  return number >= Number(start) && number < Number(start) + Number(count);
}
