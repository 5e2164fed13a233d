import { checkedObject } from '../checks/cluster/checked-object.js';
import { Cluster } from '../checks/cluster/cluster.js';
import { targetsBehind, targetsOf } from '../checks/cluster/discovery.js';
import type { Service } from '../checks/cluster/service.js';
import { isMetricsPort, type Workload } from '../checks/cluster/workload.js';
import type { Manifest } from '../kubernetes/manifest.js';
import type { Surroundings } from '../worker-app/scraping/surroundings.js';
import { podCounts, type PodCounts } from './pod-counts.js';

/** Numbers of targets that Prometheus discovers. */
interface Found {
  readonly behindServices: number;
  readonly ofPods: number;
}

/** The targets that Prometheus discovers in each namespace of an environment, before relabeling. */
export class NamespaceDiscovery {
  /** The workloads by name, the first of each: `Deployment shop/web`. */
  private readonly workloads: ReadonlyMap<string, Workload>;
  private readonly counts: PodCounts;
  private readonly cluster: Cluster;
  /** The Services that select the pods of a workload. */
  private readonly servicesOf = new Map<Workload, Service[]>();
  private readonly namespaces = new Map<string, Found>();

  constructor(manifests: readonly Manifest[]) {
    this.cluster = new Cluster(manifests.map(checkedObject));
    const { workloads } = this.cluster;
    this.workloads = new Map(workloads.toReversed().map((workload) => [workload.object, workload]));
    this.counts = podCounts(manifests);
    for (const service of this.cluster.allServices) this.addService(service);
    for (const workload of workloads) {
      const { behindServices, ofPods } = this.inNamespace(workload);
      const own = this.foundFor(workload);
      this.namespaces.set(workload.namespace, {
        behindServices: behindServices + own.behindServices,
        ofPods: ofPods + own.ofPods,
      });
    }
  }

  /** @param object a workload: `Deployment shop/web`. Undefined if the manifests do not contain it */
  around(object: string | undefined): Surroundings | undefined {
    const workload = this.workloads.get(object ?? '');
    if (workload === undefined) return undefined;
    const [all, own] = [this.inNamespace(workload), this.foundFor(workload)];
    const services = this.servicesOf.get(workload) ?? [];
    const ofUser = services.filter((service) => !isForMetricsAlone(service)).length - 1;
    return {
      containersWithoutPorts: withoutPorts(workload),
      moreServices: Math.max(0, ofUser),
      behindOtherServices: all.behindServices - own.behindServices,
      ofOtherPods: all.ofPods - own.ofPods,
    };
  }

  private addService(service: Service): void {
    for (const workload of this.cluster.podsOf(service)) {
      if (targetsBehind(service, workload).length === 0) continue;
      this.servicesOf.set(workload, [...(this.servicesOf.get(workload) ?? []), service]);
    }
  }

  private inNamespace({ namespace }: Workload): Found {
    return this.namespaces.get(namespace) ?? { behindServices: 0, ofPods: 0 };
  }

  private foundFor(workload: Workload): Found {
    const pods = this.counts.get(workload.object) ?? 0;
    const services = this.servicesOf.get(workload) ?? [];
    const behind = services.map((service) => targetsBehind(service, workload).length);
    return {
      behindServices: pods * behind.reduce((sum, targets) => sum + targets, 0),
      ofPods: pods * (targetsOf(workload).length + withoutPorts(workload)),
    };
  }
}

function withoutPorts({ containers }: Workload): number {
  return containers.filter(({ ports }) => ports.length === 0).length;
}

function isForMetricsAlone({ ports }: Service): boolean {
  return ports.every(({ name, number, protocol, field }) => isMetricsPort({ name, number, protocol, field }));
}
