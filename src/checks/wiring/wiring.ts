import { scalarText } from '../../diagnostics/scalar-text.js';
import { checkedObject, type CheckedObject } from '../cluster/checked-object.js';
import { Cluster } from '../cluster/cluster.js';
import { withoutOverwritten } from '../cluster/overwritten.js';
import { explainDropped, type DroppedTarget } from './dropped-targets.js';
import type { Diagnostic, Message, Severity } from '../../diagnostics/diagnostic.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import type { LabelSelector } from '../cluster/label-selector.js';
import type { Monitor } from '../cluster/monitor.js';
import { NetworkPolicies } from './network-policies.js';
import { prometheusSelections, type PrometheusSelection } from '../cluster/prometheus-selection.js';
import { relabeled } from './relabeled-target.js';
import type { LostPath, Scrape, UnseenPath } from './scrape-path.js';
import { TargetFinder } from './target-finder.js';
import type { Target } from './target-labels.js';
import { unfollowedScrapers } from './unfollowed.js';
import type { ServerProcess } from '../../servers/server-process.js';
import { serverOf } from '../cluster/container-server.js';
import { configMapsOf } from '../cluster/mounted-file.js';
import type { Workload, WorkloadContainer } from '../cluster/workload.js';

/** The paths from monitors to container ports, and diagnostics about broken paths. */
export interface Wiring {
  /** All objects, including those that a later one overwrites. Only the others are traced. */
  readonly objects: readonly CheckedObject[];
  /** The manifests of all objects. */
  readonly manifests: readonly Manifest[];
  readonly monitors: readonly Monitor[];
  readonly workloads: readonly Workload[];
  readonly scrapes: readonly Scrape[];
  /** Scrapes that relabelling keeps or drops by labels of the running cluster. */
  readonly undecided: readonly Scrape[];
  /** Paths to pods or addresses that are not in the manifests. */
  readonly unseen: readonly UnseenPath[];
  /** Paths that lead to no port. */
  readonly lost: readonly LostPath[];
  /** Objects that configure scrapes and that the checks don't evaluate. */
  readonly unfollowed: readonly string[];
  /** The monitors that each Prometheus in the manifests uses. */
  readonly selections: readonly PrometheusSelection[];
  readonly diagnostics: readonly Diagnostic[];
  readonly cluster: Cluster;
  /** The servers that containers run, if the manifests show them. */
  readonly servers: ReadonlyMap<WorkloadContainer, ServerProcess>;
  readonly policies: NetworkPolicies;
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
  readonly objects: readonly CheckedObject[];
  readonly manifests: readonly Manifest[];
  readonly monitors: readonly Monitor[];
  readonly workloads: readonly Workload[];
  readonly scrapes: Scrape[] = [];
  readonly undecided: Scrape[] = [];
  readonly unseen: UnseenPath[];
  readonly lost: LostPath[];
  readonly unfollowed: readonly string[];
  readonly selections: readonly PrometheusSelection[];
  readonly diagnostics: Diagnostic[] = [];
  readonly cluster: Cluster;
  readonly servers: ReadonlyMap<WorkloadContainer, ServerProcess>;
  readonly policies: NetworkPolicies;
  private readonly finder: TargetFinder;
  /** Avoids duplicates: several paths may break at the same place. */
  private readonly reported = new Set<string>();

  constructor(all: readonly Manifest[]) {
    this.manifests = all;
    this.objects = all.map(checkedObject);
    const objects = withoutOverwritten(this.objects);
    const manifests = objects.map(({ manifest }) => manifest);
    this.cluster = new Cluster(objects);
    this.workloads = this.cluster.workloads;
    this.monitors = objects.flatMap(({ monitor }) => monitor ?? []);
    this.finder = new TargetFinder(this.cluster, this.report.bind(this));
    this.unseen = this.finder.unseen;
    this.lost = this.finder.lost;
    this.unfollowed = unfollowedScrapers(manifests);
    this.selections = prometheusSelections(manifests);
    this.servers = serversOf(this.workloads, manifests);
    this.policies = new NetworkPolicies(manifests, this.cluster, this.selections);
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
        this.take(
          isOfPods ? this.finder.targetsIn(path, workloads) : this.finder.targetsThrough(path, services),
        );
      }
      return;
    }
    const elsewhere = this.cluster.notShown(namespaces, selector, isOfPods);
    if (elsewhere !== undefined) {
      this.unseen.push(...endpoints.map((endpoint) => ({ monitor, endpoint, ...elsewhere })));
      return;
    }
    const where = namespaces === undefined ? 'any namespace' : `namespace ${namespaces.join(', ')}`;
    const message = `no ${isOfPods ? 'pods' : 'Service'} in ${where} with the labels ${selector}`;
    this.report('error', object, 'spec.selector', {
      message,
      hint: this.elsewhere(namespaces, selector, isOfPods),
    });
  }

  /** The hint about targets in a namespace that the monitor does not select. */
  private elsewhere(
    namespaces: readonly string[] | undefined,
    selector: LabelSelector,
    isOfPods: boolean,
  ): string | undefined {
    if (namespaces === undefined) return undefined;
    const found = isOfPods
      ? this.cluster.podsFor(undefined, selector)
      : this.cluster
          .servicesFor(undefined, selector)
          .filter((service) => this.cluster.makerOf(service) === undefined);
    const [{ namespace = 'default' } = {}] = found;
    return found.length === 0
      ? undefined
      : `namespace ${namespace} has them: set spec.namespaceSelector: { matchNames: [${namespace}] }`;
  }

  /** Applies relabelling to the targets of one endpoint. Targets with the same result are scraped once. */
  private take(targets: readonly Target[]): void {
    const kept = new Map<string, Scrape>();
    const undecided = new Map<string, Scrape>();
    const dropped: DroppedTarget[] = [];
    for (const target of targets) {
      const outcome = relabeled(target);
      if (outcome.result === 'dropped') dropped.push({ target, ...outcome });
      else if (outcome.scrape.port.number !== undefined) {
        const { service, workload, port } = outcome.scrape;
        const key = `${service?.object ?? ''}\n${workload.object}\n${workload.podField}\n${scalarText(port.number)}`;
        const same = outcome.result === 'kept' ? kept : undecided;
        if (!same.has(key)) same.set(key, outcome.scrape);
      }
    }
    this.scrapes.push(...kept.values());
    for (const { workload, port } of kept.values())
      if (!servesTcp(workload, port)) {
        const message = `${port.name ?? scalarText(port.number)} is ${port.protocol}, but Prometheus scrapes over TCP`;
        this.report('warning', workload.object, `${port.field}.protocol`, { message });
      }
    for (const [key, scrape] of undecided) if (!kept.has(key)) this.undecided.push(scrape);
    if (kept.size + undecided.size > 0) return;
    const [first] = targets;
    if (first === undefined) return;
    const { monitor, endpoint } = first;
    const workloads = targets.map(({ workload }) => workload);
    if (this.finder.isOfMeshProxy({ monitor, endpoint }, workloads)) return;
    this.lost.push({ monitor, endpoint, brokenAt: 'monitor', reason: 'relabelling drops every target' });
    const why = explainDropped(dropped);
    if (why !== undefined) this.report('error', first.monitor.object, why.field, { message: why.message });
  }

  private report(severity: Severity, object: string, field: string, text: Message): void {
    const diagnostic: Diagnostic = { severity, object, field, ...text };
    const key = JSON.stringify(diagnostic);
    if (!this.reported.has(key)) this.diagnostics.push(diagnostic);
    this.reported.add(key);
  }
}

/** Whether the pods may listen on the port over TCP: no container declares it only with another protocol. */
function servesTcp({ containers }: Workload, { number, protocol }: Scrape['port']): boolean {
  return (
    protocol === 'TCP' ||
    containers.some(({ ports }) => ports.some((port) => port.number === number && port.protocol === 'TCP'))
  );
}

function serversOf(
  workloads: readonly Workload[],
  manifests: readonly Manifest[],
): ReadonlyMap<WorkloadContainer, ServerProcess> {
  const configMaps = configMapsOf(manifests);
  return new Map(
    workloads.flatMap((workload) =>
      workload.containers.flatMap((container) => {
        const process = serverOf(container, workload, configMaps);
        return process === undefined ? [] : [[container, process] as const];
      }),
    ),
  );
}
