import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { AlertmanagerClusterSpec } from './alertmanager-cluster-spec.js';
import { ALERTMANAGER_PORTS } from './alertmanager-peers.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

export type AlertmanagerServicesProps = Pick<
  AlertmanagerClusterSpec,
  'name' | 'namespace' | 'labels' | 'selector' | 'peers'
>;

/**
 * Adds the two Services of a cluster. The headless Service gives the peers a common DNS name; if it governs the pods, each
 * peer also has its own. The names exist before the peers are ready, because a peer is ready only when it has found the
 * others. The other Service is for users, who can use any peer.
 *
 * The gossip port is not declared: DNS names do not need it, and `kubectl apply` merges ports by number and would lose
 * either TCP or UDP.
 */
export class AlertmanagerServices extends Construct {
  /** The headless Service. */
  readonly peers: ApiObject;
  /** Sends each request to one of the peers. For users and Grafana; Prometheus must send alerts to every peer. */
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
  return new PlainObject(scope, id, {
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
