import { k8s, Protocol, ServiceType } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ALERTMANAGER_PORTS, type AlertmanagerPeers } from '../alertmanager/alertmanager-peers.js';

export interface AlertmanagerServicesProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The pods of the cluster. */
  readonly selector: Readonly<Record<string, string>>;
  readonly peers: AlertmanagerPeers;
  /** Whether the peers reach each other by our Service. */
  readonly carriesGossip: boolean;
}

/**
 * The headless Service gives the peers a DNS name (each its own, too, where it governs the pods), before they are ready:
 * a peer is ready only when it has found the others. The other one is for people, who need any one peer.
 */
export class AlertmanagerServices extends Construct {
  constructor(scope: Construct, id: string, props: AlertmanagerServicesProps) {
    super(scope, id);
    const { selector, carriesGossip } = props;
    const { namespace, service } = props.peers.place;
    new k8s.KubeService(this, 'Peers', {
      metadata: { name: service, namespace, labels: { ...props.labels } },
      spec: {
        type: ServiceType.CLUSTER_IP,
        clusterIp: 'None',
        publishNotReadyAddresses: true,
        selector: { ...selector },
        ports: [web(), ...(carriesGossip ? [gossip('gossip-tcp'), gossip('gossip-udp')] : [])],
      },
    });
    new AlertmanagerClientService(this, 'Client', props);
  }
}

/** Leads to any one peer: for people and Grafana, never for Prometheus. */
class AlertmanagerClientService extends Construct {
  constructor(scope: Construct, id: string, props: AlertmanagerServicesProps) {
    super(scope, id);
    const { name, namespace, labels, selector } = props;
    new k8s.KubeService(this, 'Resource', {
      metadata: { name, namespace, labels: { ...labels } },
      spec: { type: ServiceType.CLUSTER_IP, selector: { ...selector }, ports: [web()] },
    });
  }
}

function web(): k8s.ServicePort {
  const targetPort = k8s.IntOrString.fromString('web');
  return { name: 'web', port: ALERTMANAGER_PORTS.web, protocol: Protocol.TCP, targetPort };
}

function gossip(name: 'gossip-tcp' | 'gossip-udp'): k8s.ServicePort {
  const protocol = name === 'gossip-tcp' ? Protocol.TCP : Protocol.UDP;
  const targetPort = k8s.IntOrString.fromString(name);
  return { name, port: ALERTMANAGER_PORTS.gossip, protocol, targetPort };
}
