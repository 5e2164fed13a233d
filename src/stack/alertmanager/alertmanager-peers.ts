import { expected } from '../../diagnostics/expected.js';
import { wholeNumber, type WholeNumberRange } from '../../kubernetes/whole-number.js';

/**
 * Peers of one cluster. Each waits for 15 s (--cluster.peer-timeout) longer than the one before it until it notifies, so
 * that of nine the last waits for two minutes.
 */
export const PEERS: WholeNumberRange = { min: 1, max: 9 };

/** Alertmanager's own ports: HTTP, and gossip over TCP and UDP. */
export const ALERTMANAGER_PORTS = { web: 9093, gossip: 9094 } as const;

/** The headless Service that the operator makes for all Alertmanagers of a namespace, and by which their pods have names. */
export const OPERATED_SERVICE = 'alertmanager-operated';

/** Name of our headless Service of one cluster's peers. */
export const peersService = (cluster: string) => `${cluster}-peers`;

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
  /** Name of the headless Service of these peers and no others. */
  readonly service: string;
  /** Name of the headless Service by which each pod has its name. @default - the same */
  readonly governingService?: string;
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

  /** DNS name that the peers of this cluster answer to, all of them and nobody else, ready or not. */
  get host(): string {
    const { service, namespace } = this.place;
    return `${service}.${namespace}.svc`;
  }

  map<T>(each: (peer: AlertmanagerPeer) => T): T[] {
    return Array.from(this, each);
  }

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
