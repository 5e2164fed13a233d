import { Cluster } from './cluster.js';
import { endpointOf, targetsBehind, targetsOf, targetsWithoutPort, type Discovered } from './discovery.js';
import { explainDropped, type DroppedTarget } from './dropped-targets.js';
import type { Finding, Severity } from './finding.js';
import { labelSelector } from './label-selector.js';
import type { Manifest } from './manifest.js';
import { noContainerPort, noServicePort, otherProtocol, undeclaredPort } from './missing-port.js';
import { monitorOf, type Monitor } from './monitor.js';
import { ADDRESS } from '../prometheus/simulate-relabeling.js';
import { prometheusSelections, type PrometheusSelection } from './prometheus-selection.js';
import { relabeled } from './relabeled-target.js';
import type { Scrape, ScrapePath, UnseenPath } from './scrape-path.js';
import type { Service } from './service.js';
import type { Target } from './target-labels.js';
import { unfollowedScrapers } from './unfollowed.js';
import type { Workload } from './workload.js';

/** The paths from monitors to container ports, and where they break. */
export interface Wiring {
  readonly monitors: readonly Monitor[];
  readonly workloads: readonly Workload[];
  readonly scrapes: readonly Scrape[];
  /** Those that relabelling keeps or drops by labels that only the cluster knows. */
  readonly undecided: readonly Scrape[];
  /** Paths to pods or addresses that are not in the manifests. */
  readonly unseen: readonly UnseenPath[];
  /** Objects by which something is scraped, and which are not followed. */
  readonly unfollowed: readonly string[];
  /** The monitors that each Prometheus in the manifests uses. */
  readonly selections: readonly PrometheusSelection[];
  readonly findings: readonly Finding[];
}

/**
 * Follows every endpoint of every monitor as the operator and the endpoints controller do: through the Service that the
 * monitor's selector matches, to the ports of the containers that the Service selects.
 */
export function traceWiring(manifests: readonly Manifest[]): Wiring {
  const tracer = new Tracer(manifests);
  for (const monitor of tracer.monitors) tracer.follow(monitor);
  return tracer;
}

class Tracer implements Wiring {
  readonly monitors: readonly Monitor[];
  readonly workloads: readonly Workload[];
  readonly scrapes: Scrape[] = [];
  readonly undecided: Scrape[] = [];
  readonly unseen: UnseenPath[] = [];
  readonly unfollowed: readonly string[];
  readonly selections: readonly PrometheusSelection[];
  readonly findings: Finding[] = [];
  private readonly cluster: Cluster;
  /** Several paths may meet the same break. */
  private readonly reported = new Set<string>();

  constructor(manifests: readonly Manifest[]) {
    this.cluster = new Cluster(manifests);
    this.monitors = present(manifests.map(monitorOf));
    this.workloads = this.cluster.workloads;
    this.unfollowed = unfollowedScrapers(manifests);
    this.selections = prometheusSelections(manifests);
  }

  follow(monitor: Monitor): void {
    const { object, kind, namespaces, selector, endpoints } = monitor;
    const isOfPods = kind === 'PodMonitor';
    const [workloads, services] = isOfPods
      ? [this.cluster.podsFor(namespaces, selector), []]
      : [[], this.cluster.servicesFor(namespaces, selector)];
    if (workloads.length + services.length > 0) {
      for (const endpoint of endpoints) {
        const path = { monitor, endpoint };
        this.take(isOfPods ? this.targetsIn(path, workloads) : this.targetsThrough(path, services));
      }
      return;
    }
    const elsewhere = this.cluster.madeByOthers(namespaces, selector, isOfPods);
    if (elsewhere !== undefined) {
      this.unseen.push(...endpoints.map((endpoint) => ({ monitor, endpoint, reason: elsewhere })));
      return;
    }
    const where = namespaces === undefined ? 'any namespace' : `namespace ${namespaces.join(', ')}`;
    const message = `no ${isOfPods ? 'pods' : 'Service'} in ${where} with the labels ${selector}`;
    this.report('error', object, 'spec.selector', message);
  }

  private targetsThrough(path: ScrapePath, services: readonly Service[]): Target[] {
    const { monitor, endpoint } = path;
    const field = endpoint.port === undefined ? endpoint.field : `${endpoint.field}.port`;
    const withPort = services.filter((service) => this.cluster.hasPort(service, endpoint.port));
    const reached = withPort.filter(({ isExternalName }) => !isExternalName);
    if (withPort.length === 0)
      this.report('error', monitor.object, field, noServicePort(endpoint.port, services));
    else if (reached.length === 0) {
      const message = `${withPort.map(({ object }) => object).join(', ')} is of type ExternalName: it gets no endpoints, its selector is not used; remove the type, or scrape it by a ScrapeConfig`;
      this.report('error', monitor.object, endpoint.field, message);
    }
    return reached.flatMap((service) => this.targetsOfService({ ...path, service }, service));
  }

  private targetsOfService(path: ScrapePath, service: Service): Target[] {
    if (Object.keys(service.selector).length === 0) {
      this.followToAddresses(path, service);
      return [];
    }
    const selector = labelSelector({ matchLabels: service.selector });
    const workloads = this.cluster.podsFor([service.namespace], selector);
    if (workloads.length > 0)
      return path.endpoint.port === undefined
        ? this.targetsOfAnyPort(path, service, workloads)
        : this.targetsOfPort(path, service, workloads);
    const reason = this.cluster.madeByOthers([service.namespace], selector, true);
    if (reason !== undefined)
      this.unseen.push(...pathsByPort(path, service).map((one) => ({ ...one, reason })));
    else {
      const message = `no pods in namespace ${service.namespace} with the labels ${selector}`;
      this.report('error', service.object, 'spec.selector', message);
    }
    return [];
  }

  /** The endpoints of a Service without a selector are written by hand, or by a controller. */
  private followToAddresses(path: ScrapePath, service: Service): void {
    const { port, field } = path.endpoint;
    const manual = this.cluster.endpointsOf(service);
    const names = manual.flatMap(({ portNames }) => portNames);
    if (manual.length > 0 && port !== undefined && !names.includes(port)) {
      const list = names.map((name) => name || '(no name)').join(', ') || 'none';
      const message = `${port} is no port of ${manual.map(({ object }) => object).join(', ')}, where the addresses of ${service.object} are (ports: ${list})`;
      this.report('error', path.monitor.object, `${field}.port`, message);
      return;
    }
    const reason =
      manual.length > 0
        ? `the addresses in ${manual.map(({ object }) => object).join(', ')}`
        : (this.cluster.makerOf(service) ?? 'the Service selects no pods');
    this.unseen.push(...pathsByPort(path, service).map((one) => ({ ...one, reason })));
  }

  /** Targets by the name of the Service's port. */
  private targetsOfPort(path: ScrapePath, service: Service, workloads: readonly Workload[]): Target[] {
    return service.ports
      .filter(({ name }) => name === path.endpoint.port)
      .flatMap((servicePort) => {
        const found = workloads.flatMap((workload) => endpointOf(servicePort, workload) ?? []);
        const field = `${servicePort.field}.targetPort`;
        if (found.length === 0)
          this.report(
            'error',
            service.object,
            field,
            noContainerPort(servicePort.target, workloads, servicePort),
          );
        const undeclared = found.filter(({ container }) => container === undefined);
        if (undeclared.length > 0) {
          const message = undeclaredPort(
            servicePort.target,
            undeclared.map(({ workload }) => workload),
          );
          this.report('warning', service.object, field, message);
        }
        for (const target of found) {
          const message = otherProtocol(target);
          if (message !== undefined)
            this.report('warning', service.object, `${servicePort.field}.protocol`, message);
        }
        return found.map((target) => ({ ...path, ...target }));
      });
  }

  /** Targets by the port of the container, or all that the Service and its pods have. */
  private targetsOfAnyPort(path: ScrapePath, service: Service, workloads: readonly Workload[]): Target[] {
    const { targetPort } = path.endpoint;
    const all = workloads.flatMap((workload) => targetsBehind(service, workload));
    const found = all.filter((target) => targetPort === undefined || isPort(target, targetPort));
    if (all.length === 0)
      for (const servicePort of service.ports) {
        const message = noContainerPort(servicePort.target, workloads, servicePort);
        this.report('error', service.object, `${servicePort.field}.targetPort`, message);
      }
    else if (found.length === 0) this.reportNoContainerPort(path, workloads);
    return found.map((target) => ({ ...path, ...target }));
  }

  private targetsIn(path: ScrapePath, workloads: readonly Workload[]): Target[] {
    const { endpoint } = path;
    const wanted = endpoint.port ?? endpoint.portNumber ?? endpoint.targetPort;
    const writesAddress = endpoint.relabelings.some(({ targetLabel }) => targetLabel === ADDRESS);
    const found = workloads
      .flatMap((workload) => [
        ...targetsOf(workload),
        ...(writesAddress && wanted === undefined ? targetsWithoutPort(workload) : []),
      ])
      .filter((target) => wanted === undefined || isPort(target, wanted));
    if (found.length === 0) this.reportNoContainerPort(path, workloads);
    return found.map((target) => ({ ...path, ...target }));
  }

  private reportNoContainerPort({ monitor, endpoint }: ScrapePath, workloads: readonly Workload[]): void {
    const by = (['port', 'portNumber', 'targetPort'] as const).find((key) => endpoint[key] !== undefined);
    const field = by === undefined ? endpoint.field : `${endpoint.field}.${by}`;
    this.report('error', monitor.object, field, noContainerPort(by && endpoint[by], workloads));
  }

  /** Takes the targets of one endpoint through its relabelling. Those that end as one are scraped once. */
  private take(targets: readonly Target[]): void {
    const kept = new Map<string, Scrape>();
    const undecided = new Map<string, Scrape>();
    const dropped: DroppedTarget[] = [];
    for (const target of targets) {
      const outcome = relabeled(target);
      if (outcome.result === 'dropped') dropped.push({ target, ...outcome });
      else if (outcome.scrape.port.number !== undefined) {
        const { service, workload, port } = outcome.scrape;
        const key = [service?.object, workload.object, workload.podField, String(port.number)].join('\n');
        const same = outcome.result === 'kept' ? kept : undecided;
        if (!same.has(key)) same.set(key, outcome.scrape);
      }
    }
    this.scrapes.push(...kept.values());
    for (const { workload, port } of kept.values())
      if (!servesTcp(workload, port)) {
        const message = `${port.name ?? String(port.number)} is ${port.protocol}, and Prometheus scrapes over TCP`;
        this.report('warning', workload.object, `${port.field}.protocol`, message);
      }
    for (const [key, scrape] of undecided) if (!kept.has(key)) this.undecided.push(scrape);
    if (kept.size + undecided.size > 0) return;
    const why = explainDropped(dropped);
    const [first] = targets;
    if (why !== undefined && first !== undefined)
      this.report('error', first.monitor.object, why.field, why.message);
  }

  private report(severity: Severity, object: string, field: string, message: string): void {
    const finding: Finding = { severity, object, field, message };
    const key = JSON.stringify(finding);
    if (!this.reported.has(key)) this.findings.push(finding);
    this.reported.add(key);
  }
}

/** A path for each port of the Service that the endpoint names; one where it names a container port. */
function pathsByPort(path: ScrapePath, { ports }: Service): ScrapePath[] {
  const { port, targetPort } = path.endpoint;
  if (port === undefined && targetPort !== undefined) return [path];
  const named = ports.filter(({ name }) => port === undefined || name === port);
  return named.length === 0 ? [path] : named.map((servicePort) => ({ ...path, servicePort }));
}

/** Whether a container declares the port by this name or number. */
function isPort({ container, port }: Discovered, wanted: unknown): boolean {
  return container !== undefined && (port.name === wanted || port.number === wanted);
}

/** Whether the pods may listen on the port over TCP: they may where no container says otherwise. */
function servesTcp({ containers }: Workload, { number, protocol }: Scrape['port']): boolean {
  return (
    protocol === 'TCP' ||
    containers.some(({ ports }) => ports.some((port) => port.number === number && port.protocol === 'TCP'))
  );
}

function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item): item is T => item !== undefined);
}
