import { scalarText } from '../../diagnostics/scalar-text.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { ReachedPorts } from './reached-ports.js';
import type { Scrape } from '../wiring/scrape-path.js';
import type { Wiring } from '../wiring/wiring.js';
import {
  isMetricsPort,
  type ContainerPort,
  type Workload,
  type WorkloadContainer,
} from '../cluster/workload.js';

/** Checks that every metrics port of a worker is scraped, and that no page of a port is scraped twice. */
export function checkScrapedOnce(wiring: Wiring): Diagnostic[] {
  return [...notScraped(wiring), ...scrapedAgain(wiring)];
}

/** Returns the scrapes of pages that another scrape reads as well: Prometheus stores their samples twice. */
export function repeatedScrapes(wiring: Wiring): ReadonlySet<Scrape> {
  return new Set(repeatedGroups(wiring).flat());
}

function scrapedAgain(wiring: Wiring): Diagnostic[] {
  return repeatedGroups(wiring).map((group) => {
    const [{ workload, port }] = group;
    const paths = group.map(({ monitor, endpoint, service }) =>
      [`${monitor.object} ${endpoint.field}`, service && `through ${service.object}`]
        .filter(Boolean)
        .join(' '),
    );
    const message = `${inWords(port)} is scraped ${group.length} times: by ${paths.join(', and by ')}`;
    return { severity: 'error', object: workload.object, field: port.field, message };
  });
}

type Group = readonly [Scrape, ...Scrape[]];

/**
 * Returns groups of scrapes of one page by one Prometheus. If no Prometheus in the manifests uses a monitor, one outside
 * may: the monitors without a Prometheus are compared with each other.
 */
function repeatedGroups({ scrapes, selections }: Wiring): Group[] {
  const uses: ((scrape: Scrape) => boolean)[] = [
    ...selections.map((one) => (scrape: Scrape) => one.selects(scrape.monitor) !== false),
    (scrape) => selections.every((one) => one.selects(scrape.monitor) === false),
  ];
  return [...groupsOf(scrapes).values()].flatMap((group) => {
    if (group.length < 2) return [];
    const repeated = uses.map((isUsed) => group.filter(isUsed)).find(isRepeated);
    return repeated === undefined ? [] : [repeated as [Scrape, ...Scrape[]]];
  });
}

/** Groups scrapes by port and page. Scrapes whose page is not known are left out. */
function groupsOf(scrapes: readonly Scrape[]): Map<string, Scrape[]> {
  const groups = new Map<string, Scrape[]>();
  for (const scrape of scrapes) {
    const { workload, port, page } = scrape;
    if (page === undefined) continue;
    const key = `${workload.object}\n${workload.podField}\n${scalarText(port.number)}\n${page}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [scrape]);
    else group.push(scrape);
  }
  return groups;
}

/** Whether a group reads samples twice. Endpoints that keep or drop different samples may share a page. */
function isRepeated(group: readonly Scrape[]): boolean {
  if (group.length < 2) return false;
  const filters = new Set(group.map(({ endpoint }) => endpoint.sampleFilter));
  return filters.has('') || filters.size < group.length;
}

/** The workloads whose metrics ports must be scraped: not those that are left to others as a whole. */
export function scrapedWorkloads({
  workloads,
  scrapes,
  undecided,
}: Pick<Wiring, 'workloads' | 'scrapes' | 'undecided'>): readonly Workload[] {
  if (!workloads.some(({ isScrapedElsewhere }) => isScrapedElsewhere)) return workloads;
  const scraped = new Set([...scrapes, ...undecided].map(({ workload }) => workload));
  return workloads.filter((workload) => !workload.isScrapedElsewhere || scraped.has(workload));
}

function notScraped(wiring: Wiring): Diagnostic[] {
  const { unfollowed } = wiring;
  const others =
    unfollowed.length === 0 ? '' : ` (${unfollowed.join(', ')} may scrape it, but is not checked)`;
  return unscrapedPorts(wiring, isMetricsPort).map(({ workload, container, port }): Diagnostic => {
    const severity = isWorkersPort(port, container) && unfollowed.length === 0 ? 'error' : 'warning';
    const message = `${inWords(port)} is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it${others}`;
    return { severity, object: workload.object, field: port.field, message };
  });
}

/** A port that no endpoint leads to. */
interface UnscrapedPort {
  readonly workload: Workload;
  readonly container: WorkloadContainer;
  readonly port: ContainerPort;
}

/** Returns the ports that a monitor should scrape, and none does. */
export function unscrapedPorts(
  wiring: Wiring,
  isWanted: (port: ContainerPort, container: WorkloadContainer) => boolean,
): UnscrapedPort[] {
  const wanted = scrapedWorkloads(wiring).flatMap((workload) =>
    workload.containers.flatMap((container) =>
      container.ports
        .filter((port) => isWanted(port, container))
        .map((port) => ({ workload, container, port })),
    ),
  );
  return wanted.length === 0 ? [] : new ReachedPorts(wiring).lacking(wanted);
}

/**
 * Whether a metrics port belongs to a worker: the container has a numbered metrics port, or environment variables for
 * workers' metrics. A port `metrics` without these may be for a Prometheus without monitors.
 */
export function isWorkersPort(port: ContainerPort, { ports, env }: WorkloadContainer): boolean {
  if (!isMetricsPort(port)) return false;
  return (
    ports.some((other) => isMetricsPort(other) && other.name !== 'metrics') ||
    env.has('METRICS_START_PORT') ||
    env.has('PROMETHEUS_MULTIPROC_DIR')
  );
}

function inWords({ name, number }: ContainerPort): string {
  return name === undefined ? `port ${scalarText(number)}` : `${name} (${scalarText(number)})`;
}
