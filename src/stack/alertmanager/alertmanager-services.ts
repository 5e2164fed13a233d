import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { AlertmanagerClusterSpec } from './alertmanager-cluster-spec.js';
import { ALERTMANAGER_PORTS } from './alertmanager-peers.js';

export type AlertmanagerServicesProps = Pick<
  AlertmanagerClusterSpec,
  'name' | 'namespace' | 'labels' | 'selector' | 'peers'
>;

/**
 * The headless Service gives the peers a DNS name (each its own, too, where it governs the pods), before they are ready:
 * a peer is ready only when it has found the others. The other one is for people, who need any one peer.
 *
 * Names need no ports, and gossip none in a Service: `kubectl apply` merges ports by number, and would lose one of TCP
 * and UDP when both are added.
 */
export class AlertmanagerServices extends Construct {
  /** The headless Service. */
  readonly peers: ApiObject;
  /** Leads to any one peer: for people and Grafana, never for Prometheus. */
  readonly client: ApiObject;

  constructor(scope: Construct, id: string, props: AlertmanagerServicesProps) {
    super(scope, id);
    const { name, peers } = props;
    this.peers = service(this, 'Peers', props, peers.place.service, {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
    });
    this.client = service(this, 'Client', props, name);
  }
}

function service(
  scope: Construct,
  id: string,
  { namespace, labels, selector }: AlertmanagerServicesProps,
  name: string,
  more: object = {},
): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      type: 'ClusterIP',
      ...more,
      selector,
      ports: [{ name: 'web', port: ALERTMANAGER_PORTS.web, protocol: 'TCP', targetPort: 'web' }],
    },
  });
}
