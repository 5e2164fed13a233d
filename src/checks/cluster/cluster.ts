import { mistypedName } from '../../diagnostics/expected.js';
import { memo } from '../../memo.js';
import type { CheckedObject } from './checked-object.js';
import { PODS_OF_CLUSTERS, servicesAlwaysThere, type AlwaysThere } from './always-there.js';
import { endpointOf, type Discovered } from './discovery.js';
import { LabelIndex } from './label-index.js';
import type { LabelSelector } from './label-selector.js';
import { manualEndpoints, type ManualEndpoints } from './manual-endpoints.js';
import { MeshProxies } from './mesh-proxies.js';
import { PodMakers } from './pod-makers.js';
import { serviceOf, type Service, type ServicePort } from './service.js';
import type { Workload } from './workload.js';

/** The Services and pods of the cluster after the manifests are applied. */
export class Cluster {
  /** All Services in the manifests. */
  readonly allServices: readonly Service[];
  readonly workloads: readonly Workload[];
  /** The proxies of service meshes. */
  readonly meshProxies: () => MeshProxies;
  private readonly pods: LabelIndex<Workload>;
  private readonly podsOfServices = new Map<Service, readonly Workload[]>();
  private readonly targets = new Map<ServicePort, readonly Discovered[]>();
  private readonly services: LabelIndex<Service>;
  /** Services by `namespace/name`. */
  private readonly byName: () => ReadonlyMap<string, Service>;
  /** The makers of Services without a manifest. */
  private readonly makers: () => ReadonlyMap<Service, string>;
  private readonly unwritten = memo(() => indexOf([...this.makers().keys()]));
  private readonly endpoints: () => ReadonlyMap<string, readonly ManualEndpoints[]>;
  private readonly podMakers: () => PodMakers;

  constructor(objects: readonly CheckedObject[]) {
    const manifests = objects.map(({ manifest }) => manifest);
    this.workloads = objects.flatMap(({ workloads }) => workloads);
    this.pods = new LabelIndex(
      this.workloads,
      ({ namespace }) => namespace,
      ({ podLabels }) => podLabels,
    );
    this.allServices = objects.flatMap(({ service }) => service ?? []);
    this.services = indexOf(this.allServices);
    this.byName = memo(
      () =>
        new Map(this.allServices.map((service) => [`${service.namespace}/${service.name ?? ''}`, service])),
    );
    this.makers = memo(() => makersOf(servicesAlwaysThere(manifests)));
    this.endpoints = memo(() => manualEndpoints(manifests));
    this.podMakers = memo(() => new PodMakers(manifests));
    this.meshProxies = memo(() => new MeshProxies(manifests));
  }

  podsFor(namespaces: readonly string[] | undefined, selector: LabelSelector): Workload[] {
    return this.pods.select(namespaces, selector);
  }

  /** Returns the pods that a Service selects; none if it has no selector, or its selector is not used. */
  podsOf(service: Service): readonly Workload[] {
    const { isExternalName, namespace, selector } = service;
    if (isExternalName || selector.isEmpty) return [];
    const pods = this.podsOfServices.get(service) ?? this.podsFor([namespace], selector);
    this.podsOfServices.set(service, pods);
    return pods;
  }

  /** Returns the ports that a port of a Service targets in the pods of the Service. */
  targetsOf(service: Service, port: ServicePort): readonly Discovered[] {
    const known = this.targets.get(port);
    if (known !== undefined) return known;
    const found = this.podsOf(service).flatMap((workload) => endpointOf(port, workload) ?? []);
    this.targets.set(port, found);
    return found;
  }

  /** Returns a Service of the manifests. */
  serviceNamed(namespace: string, name: string | undefined): Service | undefined {
    return this.byName().get(`${namespace}/${name ?? ''}`);
  }

  /** Returns the matching Services of the manifests; if none match, those that exist without a manifest. */
  servicesFor(namespaces: readonly string[] | undefined, selector: LabelSelector): Service[] {
    const written = this.services.select(namespaces, selector);
    return written.length > 0 ? written : this.unwritten().select(namespaces, selector);
  }

  /** Returns `made by the API server`; undefined for a Service with a manifest. */
  makerOf(service: Service): string | undefined {
    return this.makers().get(service);
  }

  endpointsOf({ namespace, name }: Service): readonly ManualEndpoints[] {
    return this.endpoints().get(`${namespace}/${name ?? ''}`) ?? [];
  }

  /** Whether a Service or its endpoints have a port with this name; without a name, whether they have any port. */
  hasPort(service: Service, name: string | undefined): boolean {
    const isWanted = (port: string | undefined) => name === undefined || port === name;
    return (
      service.ports.some((port) => isWanted(port.name)) ||
      this.endpointsOf(service).some(({ portNames }) => portNames.some(isWanted))
    );
  }

  /** Describes the pods or Services with these labels, if others make them, or Flux replaces a variable in the labels. */
  notShown(
    namespaces: readonly string[] | undefined,
    selector: LabelSelector,
    pods: boolean,
  ): NotShown | undefined {
    const reason = this.madeByOthers(namespaces, selector, pods);
    return reason === undefined ? this.withVariable(namespaces, selector, pods) : { reason };
  }

  /** Describes the maker of pods or Services with these labels that have no manifest. */
  private madeByOthers(
    namespaces: readonly string[] | undefined,
    selector: LabelSelector,
    pods: boolean,
  ): string | undefined {
    const isOfCluster = pods && (namespaces?.includes('kube-system') ?? true) && !selector.isEmpty;
    if (isOfCluster && PODS_OF_CLUSTERS.some((labels) => selector.matches(labels)))
      return 'pods of the cluster itself';
    return this.podMakers().find(namespaces, selector, (key, value) => {
      const values = [...this.pods.valuesOf(key, namespaces), ...this.services.valuesOf(key, namespaces)];
      return values.includes(value) || mistypedName(value, values) !== undefined;
    });
  }

  /** The pods that a selector may match, or those of Services that it may match: a variable in a label decides. */
  private withVariable(
    namespaces: readonly string[] | undefined,
    selector: LabelSelector,
    pods: boolean,
  ): NotShown | undefined {
    const found = pods
      ? this.pods.selectOpen(namespaces, selector)
      : this.services
          .selectOpen(namespaces, selector)
          .flatMap(([service, variable]) =>
            this.podsOf(service).map((workload) => [workload, variable] as const),
          );
    const [first] = found;
    return first && { reason: `Flux replaces ${first[1]}`, workloads: found.map(([workload]) => workload) };
  }
}

/** Pods that the manifests don't show. */
interface NotShown {
  /** `made by RabbitmqCluster shop/mq`, `Flux replaces ${APP}` */
  readonly reason: string;
  /** The pods in the manifests that may be meant. */
  readonly workloads?: readonly Workload[];
}

function makersOf(services: readonly AlwaysThere[]): ReadonlyMap<Service, string> {
  return new Map(
    services.flatMap(({ manifest, maker }) => {
      const service = serviceOf(manifest);
      return service === undefined ? [] : [[service, `made by ${maker}`] as const];
    }),
  );
}

function indexOf(services: readonly Service[]): LabelIndex<Service> {
  return new LabelIndex(
    services,
    ({ namespace }) => namespace,
    ({ labels }) => labels,
  );
}
