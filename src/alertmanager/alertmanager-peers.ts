import { expected } from '../problems/expected.js';
import { wholeNumber, type WholeNumberRule } from '../kubernetes/whole-number.js';

/**
 * Peers of one cluster. Each waits for 15 s (--cluster.peer-timeout) longer than the one before it until it notifies, so
 * that of nine the last waits for two minutes.
 */
export const PEERS: WholeNumberRule = { min: 1, max: 9 };

/** Alertmanager's own ports: HTTP, and gossip over TCP and UDP. */
export const ALERTMANAGER_PORTS = { web: 9093, gossip: 9094 } as const;

/** Name of the ConfigMap that lists the peers of a standalone cluster. */
export const peersConfigMap = (cluster: string) => `${cluster}-peers`;

/** One Alertmanager of a cluster. */
export interface AlertmanagerPeer {
  /** Number of the pod, from 0 as a StatefulSet counts. */
  readonly number: number;
  /** `alertmanager-0` */
  readonly pod: string;
  /** DNS name of the pod: `alertmanager-0.alertmanager-peers.monitoring.svc` */
  readonly host: string;
  /** Where the other peers reach it, for `--cluster.peer`. */
  readonly gossip: string;
  /** Where Prometheus and people reach it. */
  readonly web: string;
}

/** Where the peers are. */
export interface PeersPlace {
  /** Name of the StatefulSet. */
  readonly statefulSet: string;
  /** Name of its headless Service. */
  readonly service: string;
  readonly namespace: string;
}

/** The Alertmanagers of a cluster, each with a name of its own: what `peers` decides. */
export class AlertmanagerPeers implements Iterable<AlertmanagerPeer> {
  /** @throws RangeError when the count is not one of a cluster */
  static numbered(count: number, place: PeersPlace): AlertmanagerPeers {
    if (!Number.isInteger(count) || count < PEERS.min || count > PEERS.max) {
      throw new RangeError(`peers: ${expected(wholeNumber(PEERS), count)}`);
    }
    return new AlertmanagerPeers(count, place);
  }

  private constructor(
    readonly count: number,
    readonly place: PeersPlace,
  ) {}

  /** Whether there is anybody to gossip with. */
  get isCluster(): boolean {
    return this.count > 1;
  }

  /** DNS name that all peers answer to, those that are not ready included. */
  get host(): string {
    return `${this.place.service}.${this.place.namespace}.svc`;
  }

  map<T>(each: (peer: AlertmanagerPeer) => T): T[] {
    return Array.from(this, each);
  }

  *[Symbol.iterator](): Iterator<AlertmanagerPeer> {
    for (let number = 0; number < this.count; number++) {
      const pod = `${this.place.statefulSet}-${number}`;
      const host = `${pod}.${this.host}`;
      const { web, gossip } = ALERTMANAGER_PORTS;
      yield { number, pod, host, gossip: `${host}:${gossip}`, web: `${host}:${web}` };
    }
  }
}
