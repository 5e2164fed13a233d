import { didYouMean, shown } from '../problems/expected.js';
import { LabelIndex } from './label-index.js';
import { labelSelector } from './label-selector.js';
import type { Finding } from './finding.js';
import type { Manifest } from './manifest.js';
import { monitorOf, type Monitor, type MonitorEndpoint } from './monitor.js';
import type { Scrape, Way } from './scrape.js';
import { serviceOf, type Service } from './service.js';
import { outcomeOf } from './target.js';
import { workloadOf, type ContainerPort, type Workload } from './workload.js';

/** What leads from monitors to container ports, and where it breaks. */
export interface Wiring {
  readonly workloads: readonly Workload[];
  readonly scrapes: readonly Scrape[];
  /** Those that relabelling keeps or drops by what is known only in the cluster. */
  readonly undecided: readonly Scrape[];
  /** Ways to Services that select no pods: somebody else keeps their endpoints, and they cannot be seen here. */
  readonly unseen: readonly Way[];
  readonly findings: readonly Finding[];
}

/**
 * Follows every endpoint of every monitor as the operator and the endpoints controller do: through the Service that the
 * monitor's selector matches, to the ports of the containers that the Service selects.
 */
export function traceWiring(manifests: readonly Manifest[]): Wiring {
  const tracer = new Tracer(manifests);
  for (const monitor of present(manifests.map(monitorOf))) tracer.follow(monitor);
  return tracer;
}

class Tracer implements Wiring {
  readonly workloads: readonly Workload[];
  readonly scrapes: Scrape[] = [];
  readonly undecided: Scrape[] = [];
  readonly unseen: Way[] = [];
  readonly findings: Finding[] = [];
  private readonly services: LabelIndex<Service>;
  private readonly pods: LabelIndex<Workload>;
  /** Several ways may meet the same break. */
  private readonly reported = new Set<string>();

  constructor(manifests: readonly Manifest[]) {
    this.workloads = present(manifests.map(workloadOf));
    this.pods = new LabelIndex(
      this.workloads,
      ({ namespace }) => namespace,
      ({ podLabels }) => podLabels,
    );
    this.services = new LabelIndex(
      present(manifests.map(serviceOf)),
      ({ namespace }) => namespace,
      ({ labels }) => labels,
    );
  }

  follow(monitor: Monitor): void {
    const { object, kind, namespaces, selector } = monitor;
    const targets = (kind === 'ServiceMonitor' ? this.services : this.pods).select(namespaces, selector);
    if (targets.length === 0) {
      const sought = kind === 'ServiceMonitor' ? 'Service' : 'pods';
      const where = namespaces === undefined ? 'any namespace' : `namespace ${namespaces.join(', ')}`;
      this.report(object, 'spec.selector', `no ${sought} in ${where} with the labels ${selector}`);
      return;
    }
    for (const endpoint of monitor.endpoints) {
      if (kind === 'PodMonitor') this.followToPods({ monitor, endpoint }, targets as Workload[]);
      else this.followToServices(monitor, endpoint, targets as Service[]);
    }
  }

  private followToServices(monitor: Monitor, endpoint: MonitorEndpoint, services: readonly Service[]): void {
    const reached = services.flatMap((service) => {
      const ports = service.ports.filter(({ name }) => endpoint.port === undefined || name === endpoint.port);
      return ports.length > 0 ? [{ service, ports }] : [];
    });
    if (reached.length === 0) {
      const known = services.flatMap(({ ports }) => ports.map(({ name }) => name ?? '(unnamed)'));
      const field = endpoint.port === undefined ? endpoint.field : `${endpoint.field}.port`;
      this.report(monitor.object, field, noSuch(endpoint.port, 'port', services, known));
    }
    for (const { service, ports } of reached) {
      // By targetPort the operator keeps targets by the container port alone, whichever Service port they came through.
      const isByTarget = endpoint.port === undefined && endpoint.targetPort !== undefined;
      const ways: Way[] = isByTarget
        ? [{ monitor, endpoint, service }]
        : ports.map((servicePort) => ({ monitor, endpoint, service, servicePort }));
      if (Object.keys(service.selector).length === 0) this.unseen.push(...ways);
      else {
        const workloads = this.podsOf(service);
        for (const way of ways) this.followToPods(way, workloads);
      }
    }
  }

  private followToPods(way: Way, workloads: readonly Workload[]): void {
    const wanted = wantedBy(way);
    const lacking: Workload[] = [];
    for (const workload of workloads) {
      const ports = reachedBy(way, wanted, workload);
      if (ports.length === 0) lacking.push(workload);
      for (const port of ports) this.take({ ...way, workload, port });
    }
    // Who lacks a port is passed over, unless a Service targets a number: its pods are endpoints then all the same.
    if (way.servicePort !== undefined && typeof wanted.port === 'number')
      for (const workload of lacking) this.reportLacking(wanted, [workload]);
    else if (lacking.length === workloads.length) this.reportLacking(wanted, lacking);
  }

  private take(scrape: Scrape): void {
    const outcome = outcomeOf(scrape);
    if (outcome === 'kept') this.scrapes.push(scrape);
    if (outcome === 'undecided') this.undecided.push(scrape);
  }

  private reportLacking({ port, object, field }: Wanted, workloads: readonly Workload[]): void {
    if (workloads.length === 0) return;
    const known = workloads.flatMap(portsOf).map(({ name, number }) => name ?? String(number));
    this.report(object, field, noSuch(port, 'port of a container', workloads, known));
  }

  private podsOf(service: Service): Workload[] {
    const selector = labelSelector({ matchLabels: service.selector });
    const workloads = this.pods.select([service.namespace], selector);
    if (workloads.length === 0) {
      this.report(
        service.object,
        'spec.selector',
        `no pods in namespace ${service.namespace} with the labels ${selector}`,
      );
    }
    return workloads;
  }

  private report(object: string, field: string, message: string): void {
    const finding: Finding = { severity: 'error', object, field, message };
    const key = JSON.stringify(finding);
    if (!this.reported.has(key)) this.findings.push(finding);
    this.reported.add(key);
  }
}

/** What a way asks for of containers, and where it says so. */
interface Wanted {
  /** Name or number of a port; every port when undefined. */
  readonly port: unknown;
  readonly object: string;
  readonly field: string;
}

function wantedBy({ monitor, endpoint, service, servicePort }: Way): Wanted {
  if (service !== undefined && servicePort !== undefined)
    return { port: servicePort.target, object: service.object, field: `${servicePort.field}.targetPort` };
  const { object } = monitor;
  const by = (['port', 'portNumber', 'targetPort'] as const).find((key) => endpoint[key] !== undefined);
  return by === undefined
    ? { port: undefined, object, field: endpoint.field }
    : { port: endpoint[by], object, field: `${endpoint.field}.${by}` };
}

function reachedBy({ servicePort }: Way, { port }: Wanted, workload: Workload): ContainerPort[] {
  const ports = portsOf(workload).filter(
    ({ name, number, protocol }) =>
      (port === undefined || port === name || port === number) &&
      (servicePort === undefined || protocol === servicePort.protocol),
  );
  // A Service leads to the first container that has the port (Kubernetes' FindPort).
  return servicePort === undefined ? ports : ports.slice(0, 1);
}

function portsOf({ containers }: Workload): ContainerPort[] {
  return containers.flatMap(({ ports }) => ports);
}

function noSuch(
  wanted: unknown,
  what: string,
  owners: readonly { readonly object: string }[],
  known: readonly string[],
): string {
  const which = owners.map(({ object }) => object).join(', ');
  if (wanted === undefined) return `there is nothing to scrape, as there is no port in ${which}; add one`;
  const hint = typeof wanted === 'string' ? didYouMean(wanted, known) : '';
  return `${shown(wanted)} is no ${what} of ${which} (${[...new Set(known)].join(', ') || 'it has none'})${hint}`;
}

function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item): item is T => item !== undefined);
}
