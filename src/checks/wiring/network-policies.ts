import { scalarText } from '../../diagnostics/scalar-text.js';
import { NAME_LABEL, MANAGED_BY_LABEL } from '../../kubernetes/labels.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';
import { labelSelector } from '../cluster/label-selector.js';
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
} from '../../kubernetes/manifest.js';
import type { Cluster } from '../cluster/cluster.js';
import type { PrometheusSelection } from '../cluster/prometheus-selection.js';
import type { Scrape } from './scrape-path.js';
import type { Workload } from '../cluster/workload.js';

/** Whether NetworkPolicies let Prometheus reach a port. */
export type Admission =
  | { readonly result: 'admitted' }
  /** An ingress rule allows the port from peers that may be Prometheus. */
  | { readonly result: 'undecided'; readonly reason: string }
  | {
      readonly result: 'refused';
      readonly policies: readonly Manifest[];
      /** The Prometheus that is refused, if other pods may connect to the port. */
      readonly prometheus?: string;
    };

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
    const peers: Peer[] = [];
    let replaced: unknown;
    for (const policy of policies)
      for (const rule of listAt(policy, 'spec', 'ingress')) {
        if (!admitsPort(rule, scrape)) {
          replaced ??= replacedIn(rule, scrape);
          continue;
        }
        const from = listAt(rule, 'from');
        if (from.length === 0) return ADMITTED;
        peers.push(...from.map((peer) => ({ peer, policy })));
      }
    const [other] = this.others;
    const byFlux = replaced === undefined ? undefined : `Flux replaces ${scalarText(replaced)}`;
    const unknown = other === undefined ? byFlux : `${other} is not checked`;
    if (peers.length === 0) return undecidedOr({ result: 'refused', policies }, unknown);
    const users = this.usersOf(scrape);
    const answers = users.map((user) => anyAdmits(peers, (peer) => this.admits(peer, user.pods)));
    if (answers.every((answer) => answer === true)) return ADMITTED;
    const refused = users.find(({ isCertain }, i) => isCertain && answers[i] === false);
    if (refused !== undefined)
      return undecidedOr({ result: 'refused', policies, prometheus: refused.object }, unknown);
    const [first] = peers;
    return { result: 'undecided', reason: `${nameOf(first?.policy ?? {})} decides who may connect` };
  }

  /** Each Prometheus of the manifests that uses the monitor; if there is none, one that runs elsewhere. */
  private usersOf({ monitor }: Scrape): readonly User[] {
    const users = this.selections.flatMap((one): User[] => {
      const selects = one.selects(monitor);
      if (selects === false) return [];
      const workload = this.prometheuses.get(one.object);
      const pods = workload?.isOnHostNetwork === true ? undefined : workload;
      return [{ object: one.object, isCertain: selects === true, pods }];
    });
    return users.length > 0 ? users : [ELSEWHERE];
  }

  /** Whether a peer includes pods; undefined if that depends on the running cluster. */
  private admits({ peer, policy }: Peer, pods: User['pods']): boolean | undefined {
    const cidr = textAt(peer, 'ipBlock', 'cidr');
    if (cidr !== undefined)
      return cidr === '0.0.0.0/0' && listAt(peer, 'ipBlock', 'except').length === 0 ? true : undefined;
    const podSelector = labelSelector(peer['podSelector']);
    const namespaces = isMap(peer['namespaceSelector'])
      ? labelSelector(peer['namespaceSelector'])
      : undefined;
    if (namespaces?.isEmpty === true && podSelector.isEmpty) return true;
    if (pods === undefined) return undefined;
    const { podLabels, namespace } = pods;
    const isSelected = podSelector.matches(podLabels);
    if (namespace === undefined) return isSelected && namespaces?.isEmpty === true ? true : undefined;
    if (!isSelected) return false;
    if (namespaces === undefined) return namespace === namespaceOf(policy);
    const labels = this.namespaces.get(namespace);
    const isMatch = namespaces.matches({ ...labels, 'kubernetes.io/metadata.name': namespace });
    // Other labels of a namespace are known only if the manifests contain it.
    const isKnown =
      labels !== undefined || namespaces.accepted().every(({ key }) => key === 'kubernetes.io/metadata.name');
    return isMatch || isKnown ? isMatch : undefined;
  }
}

/** A peer of an ingress rule, and the policy that contains it. */
interface Peer {
  readonly peer: Manifest;
  readonly policy: Manifest;
}

/** A Prometheus that uses a monitor. */
interface User {
  /** `Prometheus monitoring/k8s` */
  readonly object: string;
  /** Whether it surely uses the monitor. */
  readonly isCertain: boolean;
  /** Undefined if its pods are not known. Without a namespace, they may be in any. */
  readonly pods:
    { readonly podLabels: Readonly<Record<string, string>>; readonly namespace?: string } | undefined;
}

/** A Prometheus that is not in the manifests. The operator gives its pods these labels. */
const ELSEWHERE: User = {
  object: 'Prometheus',
  isCertain: false,
  pods: {
    podLabels: {
      [NAME_LABEL]: 'prometheus',
      [MANAGED_BY_LABEL]: 'prometheus-operator',
    },
  },
};

function anyAdmits(peers: readonly Peer[], admits: (peer: Peer) => boolean | undefined): boolean | undefined {
  const answers = new Set(peers.map(admits));
  if (answers.has(true)) return true;
  return answers.has(undefined) ? undefined : false;
}

function undecidedOr(refused: Admission, reason: string | undefined): Admission {
  return reason === undefined ? refused : { result: 'undecided', reason };
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

/** The text that Flux replaces, if it decides whether a rule admits the port. */
function replacedIn(rule: Manifest, { port: { number } }: Scrape): unknown {
  return [number, ...listAt(rule, 'ports').map(({ port }) => port)].find(isReplacedLater);
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
      `${scalarText(port ?? 'all')}${endPort === undefined ? '' : `-${scalarText(endPort)}`}`,
      protocol === 'TCP' ? undefined : protocol,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  return [...new Set(words)].join(', ') || 'nothing';
}
