import { expected } from '../../diagnostics/expected.js';
import { wholeNumber, type WholeNumberRange } from '../../kubernetes/whole-number.js';

/**
 * The allowed number of peers. Before it notifies, each peer waits 15 s (--cluster.peer-timeout) longer than the previous
 * one; the last of nine waits for two minutes.
 */
export const PEERS: WholeNumberRange = { min: 1, max: 9 };

/** Alertmanager's default ports: HTTP, and gossip over TCP and UDP. */
export const ALERTMANAGER_PORTS = { web: 9093, gossip: 9094 } as const;

/** The headless Service that the operator creates for all Alertmanagers of a namespace. It gives their pods DNS names. */
export const OPERATED_SERVICE = 'alertmanager-operated';

/** Name of our headless Service of one cluster's peers. */
export const peersService = (cluster: string) => `${cluster}-peers`;

/** Name of the ConfigMap that lists the peers of a standalone cluster. */
export const peersConfigMap = (cluster: string) => `${cluster}-peers`;

/** One Alertmanager of a cluster. */
export interface AlertmanagerPeer {
  /** Ordinal of the pod in its StatefulSet, from 0. */
  readonly number: number;
  /** `alertmanager-0` */
  readonly pod: string;
  /** DNS name of the pod: `alertmanager-0.alertmanager-peers.monitoring.svc` */
  readonly host: string;
  /** Address for the other peers (`--cluster.peer`). */
  readonly gossip: string;
  /** Address for Prometheus and users. */
  readonly web: string;
}

/** Names from which the addresses of the peers are computed. */
export interface PeersPlace {
  /** Name of the StatefulSet. */
  readonly statefulSet: string;
  /** Name of the headless Service that selects only these peers. */
  readonly service: string;
  /** Name of the StatefulSet's governing Service, which gives each pod its DNS name. @default - the same Service */
  readonly governingService?: string;
  /** Namespace of the peers. */
  readonly namespace: string;
}

/** The peers of a cluster, with their names and addresses. */
export class AlertmanagerPeers implements Iterable<AlertmanagerPeer> {
  /** @throws RangeError if the count is not a whole number from 1 to 9 */
  static numbered(count: number, place: PeersPlace): AlertmanagerPeers {
    if (!Number.isInteger(count) || count < PEERS.min || count > PEERS.max) {
      throw new RangeError(`peers: ${expected(wholeNumber(PEERS), count)}`);
    }
    return new AlertmanagerPeers(count, place);
  }

  private constructor(
    /** Number of peers. */
    readonly count: number,
    /** The names from which the addresses are computed. */
    readonly place: PeersPlace,
  ) {}

  /** Whether there is more than one peer. */
  get isCluster(): boolean {
    return this.count > 1;
  }

  /** DNS name that resolves to all peers of this cluster, ready or not. */
  get host(): string {
    const { service, namespace } = this.place;
    return `${service}.${namespace}.svc`;
  }

  /** The result for each peer, in their order. */
  map<T>(each: (peer: AlertmanagerPeer) => T): T[] {
    return Array.from(this, each);
  }

  /** The peers by their numbers. */
  *[Symbol.iterator](): Iterator<AlertmanagerPeer> {
    const { statefulSet, service, governingService = service, namespace } = this.place;
    for (let number = 0; number < this.count; number++) {
      const pod = `${statefulSet}-${number}`;
      const host = `${pod}.${governingService}.${namespace}.svc`;
      const { web, gossip } = ALERTMANAGER_PORTS;
      yield { number, pod, host, gossip: `${host}:${gossip}`, web: `${host}:${web}` };
    }
  }
}
