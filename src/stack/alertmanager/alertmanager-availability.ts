import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ALERTMANAGER_PORTS, type AlertmanagerPeers } from './alertmanager-peers.js';
import type { PodSelection } from '../../kubernetes/pod-selection.js';
import { policyPeer, policyPort } from './network-rules.js';

export interface AlertmanagerAvailabilityProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The pods of the cluster. */
  readonly selector: Readonly<Record<string, string>>;
  readonly peers: AlertmanagerPeers;
  /** Pods that may reach the web port. */
  readonly clients: readonly PodSelection[];
}

/** Keeps all peers but one running while nodes are drained, and everybody away from them who has no business there. */
export class AlertmanagerAvailability extends Construct {
  constructor(scope: Construct, id: string, props: AlertmanagerAvailabilityProps) {
    super(scope, id);
    const { name, namespace, labels, selector, peers, clients } = props;
    const metadata = { name, namespace, labels: { ...labels } };
    const pods = { matchLabels: { ...selector } };
    if (peers.isCluster) {
      // Without it for a single peer: a budget that allows no eviction would block the drain of its node.
      new k8s.KubePodDisruptionBudget(this, 'Budget', {
        metadata,
        spec: { minAvailable: k8s.IntOrString.fromNumber(peers.count - 1), selector: pods },
      });
    }
    const { web, gossip } = ALERTMANAGER_PORTS;
    const betweenPeers = {
      from: [{ podSelector: pods }],
      ports: [policyPort(gossip), policyPort(gossip, 'UDP')],
    };
    new k8s.KubeNetworkPolicy(this, 'Network', {
      metadata,
      spec: {
        podSelector: pods,
        policyTypes: ['Ingress'],
        ingress: [
          ...(peers.isCluster ? [betweenPeers] : []),
          ...(clients.length > 0 ? [{ from: clients.map(policyPeer), ports: [policyPort(web)] }] : []),
        ],
      },
    });
  }
}
