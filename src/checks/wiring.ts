import { didYouMean, shown } from '../problems/expected.js';
import { LabelIndex } from './label-index.js';
import { labelSelector } from './label-selector.js';
import type { Finding, Manifest } from './manifest.js';
import { monitorOf, type Monitor, type MonitorEndpoint } from './monitor.js';
import { serviceOf, type Service, type ServicePort } from './service.js';
import { workloadOf, type ContainerPort, type Workload } from './workload.js';

/** One way in which an endpoint of a monitor reaches a port of a container. */
export interface Scrape {
  readonly monitor: Monitor;
  readonly endpoint: MonitorEndpoint;
  /** The Service in between; none for a PodMonitor. */
  readonly service?: Service;
  /** The Service's port in between; none where the endpoint names the container port itself. */
  readonly servicePort?: ServicePort;
  readonly workload: Workload;
  readonly port: ContainerPort;
}

/** What leads from monitors to container ports, and where it breaks. */
export interface Wiring {
  readonly workloads: readonly Workload[];
  readonly scrapes: readonly Scrape[];
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
      if (kind === 'PodMonitor') this.followToPods(monitor, endpoint, targets as Workload[]);
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
      const which = services.map(({ object }) => object).join(', ');
      this.report(monitor.object, `${endpoint.field}.port`, noSuch(endpoint.port, `port of ${which}`, known));
    }
    for (const { service, ports } of reached) {
      const workloads = this.podsOf(service);
      if (endpoint.port === undefined && endpoint.targetPort !== undefined) {
        // The operator keeps targets by the container port alone, whichever Service port they came through.
        const scrape = { monitor, endpoint, service };
        this.followToPort(
          scrape,
          endpoint.targetPort,
          workloads,
          monitor.object,
          `${endpoint.field}.targetPort`,
        );
      } else {
        for (const servicePort of ports) {
          const scrape = { monitor, endpoint, service, servicePort };
          this.followToPort(
            scrape,
            servicePort.target,
            workloads,
            service.object,
            `${servicePort.field}.targetPort`,
          );
        }
      }
    }
  }

  private followToPods(monitor: Monitor, endpoint: MonitorEndpoint, workloads: readonly Workload[]): void {
    const wanted = endpoint.port ?? endpoint.portNumber ?? endpoint.targetPort;
    const by = (['port', 'portNumber', 'targetPort'] as const).find((field) => endpoint[field] !== undefined);
    this.followToPort(
      { monitor, endpoint },
      wanted,
      workloads,
      monitor.object,
      `${endpoint.field}.${by ?? 'port'}`,
    );
  }

  /** @param wanted name or number of a container port; every port when undefined */
  private followToPort(
    via: Omit<Scrape, 'workload' | 'port'>,
    wanted: unknown,
    workloads: readonly Workload[],
    object: string,
    field: string,
  ): void {
    for (const workload of workloads) {
      const ports = workload.containers.flatMap((container) => container.ports);
      const reached = ports.filter(
        ({ name, number }) => wanted === undefined || wanted === name || wanted === number,
      );
      if (reached.length === 0) {
        const known = ports.map(({ name, number }) => name ?? String(number));
        this.report(object, field, noSuch(wanted, `port of a container of ${workload.object}`, known));
      }
      for (const port of reached) {
        if (via.endpoint.keeps(port.name)) this.scrapes.push({ ...via, workload, port });
      }
    }
  }

  private podsOf(service: Service): Workload[] {
    if (Object.keys(service.selector).length === 0) return [];
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
    const finding = { object, field, message };
    const key = JSON.stringify(finding);
    if (!this.reported.has(key)) this.findings.push(finding);
    this.reported.add(key);
  }
}

function noSuch(wanted: unknown, what: string, known: readonly string[]): string {
  const hint = typeof wanted === 'string' ? didYouMean(wanted, known) : '';
  return `${shown(wanted)} is no ${what} (${known.join(', ') || 'it has none'})${hint}`;
}

function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item): item is T => item !== undefined);
}
