import { labelSelector } from './label-selector.js';
import {
  at,
  isMap,
  listAt,
  nameOf,
  namespaceOf,
  textAt,
  textListAt,
  textsAt,
  type Manifest,
} from '../kubernetes/manifest.js';
import type { Cluster } from './cluster.js';
import type { PrometheusSelection } from './prometheus-selection.js';
import type { Scrape } from './scrape-path.js';
import type { Workload } from './workload.js';

/** Whether NetworkPolicies let Prometheus reach a port. */
export type Admission =
  | { readonly result: 'admitted' }
  /** An ingress rule allows the port from peers that may be Prometheus. */
  | { readonly result: 'undecided'; readonly reason: string }
  | { readonly result: 'refused'; readonly policies: readonly Manifest[] };

const ADMITTED: Admission = { result: 'admitted' };

/** Policies of network plugins. They may allow traffic that no NetworkPolicy allows. */
const POLICIES_OF_OTHERS =
  /^(?:Cilium|AdminNetwork|BaselineAdminNetwork|ClusterNetwork|GlobalNetwork)\w*Policy$|^NetworkPolicy$/;

/** The NetworkPolicies of the manifests. A pod accepts a connection if any policy that selects it allows it. */
export class NetworkPolicies {
  private readonly byWorkload = new Map<Workload, Manifest[]>();
  private readonly others: readonly string[];
  private readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;
  private readonly prometheuses: ReadonlyMap<string, Workload>;

  constructor(
    manifests: readonly Manifest[],
    cluster: Cluster,
    private readonly selections: readonly PrometheusSelection[],
  ) {
    const policies = manifests.filter(isOfKubernetes);
    for (const policy of policies.filter(limitsIngress)) {
      const selector = labelSelector(at(policy, 'spec', 'podSelector'));
      for (const workload of cluster.podsFor([namespaceOf(policy)], selector)) {
        const found = this.byWorkload.get(workload);
        if (found === undefined) this.byWorkload.set(workload, [policy]);
        else found.push(policy);
      }
    }
    this.others = manifests
      .filter((one) => POLICIES_OF_OTHERS.test(textAt(one, 'kind') ?? '') && !isOfKubernetes(one))
      .map(nameOf);
    this.namespaces = new Map(
      manifests
        .filter(({ kind }) => kind === 'Namespace')
        .map((one) => [textAt(one, 'metadata', 'name') ?? '', textsAt(one, 'metadata', 'labels')]),
    );
    const scrapers = new Set(selections.map(({ object }) => object));
    this.prometheuses = new Map(
      cluster.workloads.filter(({ object }) => scrapers.has(object)).map((one) => [one.object, one]),
    );
  }

  admission(scrape: Scrape): Admission {
    const { workload } = scrape;
    const policies = this.byWorkload.get(workload);
    // For pods on the host network, the effect of policies depends on the network plugin.
    if (policies === undefined || workload.isOnHostNetwork) return ADMITTED;
    let reason: string | undefined;
    for (const policy of policies)
      for (const rule of listAt(policy, 'spec', 'ingress')) {
        if (!admitsPort(rule, scrape)) continue;
        const peers = listAt(rule, 'from');
        if (peers.length === 0 || peers.some((peer) => this.isFromPrometheus(peer, policy, scrape)))
          return ADMITTED;
        reason ??= `${nameOf(policy)} decides who may connect`;
      }
    const [other] = this.others;
    if (other !== undefined) reason ??= `${other} is not checked`;
    return reason === undefined ? { result: 'refused', policies } : { result: 'undecided', reason };
  }

  /** Whether a peer includes every pod, or each Prometheus of the manifests that uses the monitor. */
  private isFromPrometheus(peer: Manifest, policy: Manifest, { monitor }: Scrape): boolean {
    const cidr = textAt(peer, 'ipBlock', 'cidr');
    if (cidr !== undefined) return cidr === '0.0.0.0/0' && listAt(peer, 'ipBlock', 'except').length === 0;
    const pods = labelSelector(peer['podSelector']);
    const namespaces = isMap(peer['namespaceSelector'])
      ? labelSelector(peer['namespaceSelector'])
      : undefined;
    if (namespaces?.isEmpty === true && pods.isEmpty) return true;
    const users = this.selections
      .filter((one) => one.selects(monitor) !== false)
      .map(({ object }) => this.prometheuses.get(object));
    return (
      users.length > 0 &&
      users.every((user) => {
        if (user === undefined || !pods.matches(user.podLabels)) return false;
        if (namespaces === undefined) return user.namespace === namespaceOf(policy);
        const labels = {
          ...this.namespaces.get(user.namespace),
          'kubernetes.io/metadata.name': user.namespace,
        };
        return namespaces.matches(labels);
      })
    );
  }
}

function isOfKubernetes({ apiVersion, kind }: Manifest): boolean {
  return (
    kind === 'NetworkPolicy' && (apiVersion === 'networking.k8s.io/v1' || apiVersion === 'extensions/v1beta1')
  );
}

/** A policy limits ingress unless its only policy type is Egress. */
function limitsIngress(policy: Manifest): boolean {
  const types = textListAt(policy, 'spec', 'policyTypes');
  return types.length === 0 || types.includes('Ingress');
}

function admitsPort(rule: Manifest, { port: { number }, workload }: Scrape): boolean {
  const ports = listAt(rule, 'ports');
  return (
    ports.length === 0 ||
    ports.some(({ port, endPort, protocol = 'TCP' }) => {
      if (protocol !== 'TCP') return false;
      if (port === undefined) return true;
      if (typeof port === 'string') return numbersNamed(port, workload).includes(number);
      if (typeof port !== 'number' || typeof number !== 'number') return false;
      return typeof endPort === 'number' ? port <= number && number <= endPort : port === number;
    })
  );
}

/** Returns the numbers of the container ports with this name. */
function numbersNamed(name: string, { containers }: Workload): unknown[] {
  return containers.flatMap(({ ports }) =>
    ports.filter((port) => port.name === name && port.protocol === 'TCP').map(({ number }) => number),
  );
}

/** Returns the ports that policies allow: `8000, 9000-9010, http`, or `nothing`. */
export function admittedPorts(policies: readonly Manifest[]): string {
  const ports = policies.flatMap((policy) =>
    listAt(policy, 'spec', 'ingress').flatMap((rule) => listAt(rule, 'ports')),
  );
  const words = ports.map(({ port, endPort, protocol }) =>
    [
      `${String(port ?? 'all')}${endPort === undefined ? '' : `-${String(endPort)}`}`,
      protocol === 'TCP' ? undefined : protocol,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  return [...new Set(words)].join(', ') || 'nothing';
}
