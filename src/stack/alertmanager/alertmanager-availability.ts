import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { allButOne, onlyFrom, policyPeer, policyPort } from '../availability.js';
import type { AlertmanagerClusterSpec } from './alertmanager-cluster-spec.js';
import { ALERTMANAGER_PORTS } from './alertmanager-peers.js';

export type AlertmanagerAvailabilityProps = Pick<
  AlertmanagerClusterSpec,
  'name' | 'namespace' | 'labels' | 'selector' | 'peers' | 'clients'
>;

/**
 * The PodDisruptionBudget (at most one peer is evicted at a time) and the NetworkPolicy (only peers and clients
 * connect).
 */
export class AlertmanagerAvailability extends Construct {
  /** Undefined for a single peer. */
  readonly podDisruptionBudget?: ApiObject;
  readonly networkPolicy: ApiObject;

  constructor(scope: Construct, id: string, props: AlertmanagerAvailabilityProps) {
    super(scope, id);
    const { selector, peers, clients } = props;
    this.podDisruptionBudget = allButOne(this, 'Budget', props, peers.count);
    const { web, gossip } = ALERTMANAGER_PORTS;
    const betweenPeers = {
      from: [{ podSelector: { matchLabels: selector } }],
      ports: [policyPort(gossip), policyPort(gossip, 'UDP')],
    };
    this.networkPolicy = onlyFrom(this, 'Network', props, [
      ...(peers.isCluster ? [betweenPeers] : []),
      ...(clients.length > 0 ? [{ from: clients.map(policyPeer), ports: [policyPort(web)] }] : []),
    ]);
  }
}
