import { k8s, Protocol, ServiceType } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ALERTMANAGER_PORTS, type AlertmanagerPeers } from './alertmanager-peers.js';

export interface AlertmanagerServicesProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The pods of the cluster. */
  readonly selector: Readonly<Record<string, string>>;
  readonly peers: AlertmanagerPeers;
}

/**
 * The headless Service gives the peers a DNS name (each its own, too, where it governs the pods), before they are ready:
 * a peer is ready only when it has found the others. The other one is for people, who need any one peer.
 *
 * Names need no ports, and gossip none in a Service: `kubectl apply` merges ports by number, and would lose one of TCP
 * and UDP when both are added.
 */
export class AlertmanagerServices extends Construct {
  constructor(scope: Construct, id: string, props: AlertmanagerServicesProps) {
    super(scope, id);
    const { selector } = props;
    const { namespace, service } = props.peers.place;
    new k8s.KubeService(this, 'Peers', {
      metadata: { name: service, namespace, labels: { ...props.labels } },
      spec: {
        type: ServiceType.CLUSTER_IP,
        clusterIp: 'None',
        publishNotReadyAddresses: true,
        selector: { ...selector },
        ports: [web()],
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
