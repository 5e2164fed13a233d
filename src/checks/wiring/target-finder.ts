import { scalarText } from '../../diagnostics/scalar-text.js';
import { ADDRESS } from '../../prometheus/simulate-relabeling.js';
import type { Cluster } from '../cluster/cluster.js';
import { targetsBehind, targetsOf, targetsWithoutPort, type Discovered } from '../cluster/discovery.js';
import type { Message, Severity } from '../../diagnostics/diagnostic.js';
import { noContainerPort, noServicePort, otherProtocol, undeclaredPort } from './missing-port.js';
import { replacedPort } from '../cluster/ports.js';
import type { LostPath, ScrapePath, UnseenPath } from './scrape-path.js';
import type { Service, ServicePort } from '../cluster/service.js';
import type { Target } from './target-labels.js';
import { portsOf, type Workload } from '../cluster/workload.js';

/** Receives a diagnostic about a field of an object. */
export type Report = (severity: Severity, object: string, field: string, text: Message) => void;

/** Finds the targets of an endpoint, and reports where its path breaks. */
export class TargetFinder {
  /** Paths to pods or addresses that are not in the manifests. Filled by the methods. */
  readonly unseen: UnseenPath[] = [];
  /** Paths that lead to no port. Filled by the methods. */
  readonly lost: LostPath[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly report: Report,
  ) {}

  /** Returns the targets of a ServiceMonitor's endpoint, through the Services that the monitor selects. */
  targetsThrough(path: ScrapePath, services: readonly Service[]): Target[] {
    const { monitor, endpoint } = path;
    const field = endpoint.port === undefined ? endpoint.field : `${endpoint.field}.port`;
    const withPort = services.filter((service) => this.cluster.hasPort(service, endpoint.port));
    const reached = withPort.filter(({ isExternalName }) => !isExternalName);
    if (withPort.length === 0) {
      const ports = services.flatMap((service) => service.ports);
      const workloads = services.flatMap((service) => this.cluster.podsOf(service));
      if (!this.isReplaced(path, replacedPort(endpoint.port, ports), workloads))
        this.report('error', monitor.object, field, noServicePort(endpoint.port, services));
    } else if (reached.length === 0) {
      const message = `${withPort.map(({ object }) => object).join(', ')} is of type ExternalName: it has no endpoints, and its selector is not used`;
      const hint = 'remove the type, or scrape it with a ScrapeConfig';
      this.report('error', monitor.object, endpoint.field, { message, hint });
    }
    return reached.flatMap((service) => this.targetsOfService({ service, ...path }, service));
  }

  private targetsOfService(path: ScrapePath, service: Service): Target[] {
    if (service.selector.isEmpty) {
      this.followToAddresses(path, service);
      return [];
    }
    const { namespace, selector } = service;
    const workloads = this.cluster.podsOf(service);
    if (workloads.length > 0)
      return path.endpoint.port === undefined
        ? this.targetsOfAnyPort(path, service, workloads)
        : this.targetsOfPort(path, service, workloads);
    const elsewhere = this.cluster.notShown([namespace], selector, true);
    if (elsewhere !== undefined)
      this.unseen.push(...pathsByPort(path, service).map((one) => ({ ...one, ...elsewhere })));
    else {
      const message = `no pods in namespace ${namespace} with the labels ${selector}`;
      this.report('error', service.object, 'spec.selector', { message });
      for (const one of pathsByPort(path, service))
        this.lost.push({ ...one, brokenAt: 'pods', reason: 'the Service selects no pods' });
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
      const message = `${port} is not a port of ${manual.map(({ object }) => object).join(', ')}, where the addresses of ${service.object} are (ports: ${list})`;
      this.report('error', path.monitor.object, `${field}.port`, { message });
      return;
    }
    const reason =
      manual.length > 0
        ? `the addresses in ${manual.map(({ object }) => object).join(', ')}`
        : (this.cluster.makerOf(service) ?? 'the Service selects no pods');
    this.unseen.push(...pathsByPort(path, service).map((one) => ({ ...one, reason })));
  }

  /** Returns the targets of an endpoint that names a Service port. */
  private targetsOfPort(path: ScrapePath, service: Service, workloads: readonly Workload[]): Target[] {
    return service.ports
      .filter(({ name }) => name === path.endpoint.port)
      .flatMap((servicePort) => {
        const found = this.cluster.targetsOf(service, servicePort);
        const field = `${servicePort.field}.targetPort`;
        if (found.length === 0) this.reportLost(path, service, servicePort, workloads);
        const undeclared = found.filter(
          ({ container, workload, port }) =>
            container === undefined && replacedPort(port.number, portsOf(workload)) === undefined,
        );
        if (undeclared.length > 0) {
          const text = undeclaredPort(
            servicePort.target,
            undeclared.map(({ workload }) => workload),
          );
          this.report('warning', service.object, field, text);
        }
        for (const target of found) {
          const message = otherProtocol(target);
          if (message !== undefined)
            this.report('warning', service.object, `${servicePort.field}.protocol`, { message });
        }
        return found.map((target) => Object.assign({}, path, target));
      });
  }

  /** Returns the targets of an endpoint with a container port, or without any port (all ports). */
  private targetsOfAnyPort(path: ScrapePath, service: Service, workloads: readonly Workload[]): Target[] {
    const { targetPort } = path.endpoint;
    const all = workloads.flatMap((workload) => targetsBehind(service, workload));
    const found = all.filter((target) => targetPort === undefined || isPort(target, targetPort));
    if (all.length === 0)
      for (const servicePort of service.ports) this.reportLost(path, service, servicePort, workloads);
    else if (found.length === 0) this.reportNoContainerPort(path, workloads);
    return found.map((target) => Object.assign({}, path, target));
  }

  /** Returns the targets of a PodMonitor's endpoint in the pods that the monitor selects. */
  targetsIn(path: ScrapePath, workloads: readonly Workload[]): Target[] {
    const { endpoint } = path;
    const wanted = endpoint.port ?? endpoint.portNumber ?? endpoint.targetPort;
    const writesAddress = endpoint.relabelings.some(({ targetLabel }) => targetLabel === ADDRESS);
    const found = workloads
      .flatMap((workload) => [
        ...targetsOf(workload),
        ...(writesAddress && wanted === undefined ? targetsWithoutPort(workload) : []),
      ])
      .filter((target) => wanted === undefined || isPort(target, wanted));
    if (found.length === 0 && !this.isOfMeshProxy(path, workloads))
      this.reportNoContainerPort(path, workloads);
    return found.map((target) => Object.assign({}, path, target));
  }

  /** Whether an endpoint scrapes a container that a mesh adds to the pods. If it does, adds its path to `unseen`. */
  isOfMeshProxy(path: ScrapePath, workloads: readonly Workload[]): boolean {
    const reason = this.cluster.meshProxies().find(path.endpoint, workloads);
    if (reason !== undefined) this.unseen.push({ ...path, reason });
    return reason !== undefined;
  }

  /**
   * Whether Flux replaces a text that decides where a path leads. If it does, adds the path to `unseen`.
   * @param workloads the pods to one of whose ports it leads
   */
  private isReplaced(path: ScrapePath, replaced: unknown, workloads: readonly Workload[]): boolean {
    if (replaced === undefined) return false;
    this.unseen.push({ ...path, reason: `Flux replaces ${scalarText(replaced)}`, workloads });
    return true;
  }

  /** Reports a Service port that no container has. */
  private reportLost(
    path: ScrapePath,
    { object }: Service,
    servicePort: ServicePort,
    workloads: readonly Workload[],
  ): void {
    const replaced = replacedPort(servicePort.target, workloads.flatMap(portsOf));
    if (this.isReplaced({ ...path, servicePort }, replaced, workloads)) return;
    const message = noContainerPort(servicePort.target, workloads, servicePort);
    this.report('error', object, `${servicePort.field}.targetPort`, message);
    this.lost.push({ ...path, servicePort, brokenAt: 'pods', reason: 'no container has this port' });
  }

  private reportNoContainerPort(path: ScrapePath, workloads: readonly Workload[]): void {
    const { monitor, endpoint } = path;
    const by = (['port', 'portNumber', 'targetPort'] as const).find((key) => endpoint[key] !== undefined);
    const replaced = by && replacedPort(endpoint[by], workloads.flatMap(portsOf));
    if (this.isReplaced(path, replaced, workloads)) return;
    const field = by === undefined ? endpoint.field : `${endpoint.field}.${by}`;
    this.report('error', monitor.object, field, noContainerPort(by && endpoint[by], workloads));
  }
}

/** Returns a path for each Service port that the endpoint names; one path if it names a container port. */
function pathsByPort(path: ScrapePath, { ports }: Service): ScrapePath[] {
  const { port, targetPort } = path.endpoint;
  if (port === undefined && targetPort !== undefined) return [path];
  const named = ports.filter(({ name }) => port === undefined || name === port);
  return named.length === 0 ? [path] : named.map((servicePort) => ({ ...path, servicePort }));
}

/** Whether a container declares the port with this name or number. */
function isPort({ container, port }: Discovered, wanted: unknown): boolean {
  return container !== undefined && (port.name === wanted || port.number === wanted);
}
