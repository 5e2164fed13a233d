import { changedShape, ownShape, resolved, shapeSchema } from '../../kubernetes-shapes/shapes.js';
import type { NetworkPolicyDestination, NetworkPolicyPeer } from '../../kubernetes-shapes/types.js';
import { unknownKey } from '../../schema/message-with-hint.js';
import { key } from '../../schema/key.js';
import { switchGroup } from '../../schema/key-groups.js';
import { shapeListField } from '../../schema/shape-field.js';
import type { KeyContext } from '../key.js';
import { networkPolicyObject } from './network-policy.js';

const DESTINATION = ownShape('NetworkPolicyDestination', () =>
  changedShape('NetworkPolicyPeer', {
    description: 'A peer that the pods may connect to, or a rule with `to` and `ports`.',
    fields: resolved(shapeSchema('NetworkPolicyEgressRule')).properties ?? {},
  }),
);

export const networkPolicy = {
  ...switchGroup({
    type: 'WorkerAppNetworkPolicy',
    description:
      'A NetworkPolicy for the pods. `true`: everyone may connect to the ports of the Service, and only Prometheus to the metrics ports. It has an effect if the network plugin of the cluster implements NetworkPolicies.',
    default: false,
    refused: { enabled: unknownKey('write networkPolicy: true or false') },
    keys: {
      from: key({
        field: () => shapeListField<NetworkPolicyPeer>('NetworkPolicyPeer').meta({ minItems: 1 }),
        description:
          "Who may connect to the ports of the Service, without the metrics ports: peers in Kubernetes' form. At least one.",
        unset: 'everyone',
        example: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }],
      }),
      metricsFrom: key({
        field: () => shapeListField<NetworkPolicyPeer>('NetworkPolicyPeer').meta({ minItems: 1 }),
        description: "Who may connect to the metrics ports: peers in Kubernetes' form. At least one.",
        unset:
          'pods of any namespace with the label `app.kubernetes.io/name: prometheus` or `app.kubernetes.io/component: prometheus`',
        example: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      }),
      egress: key({
        field: () => shapeListField<NetworkPolicyDestination>(DESTINATION),
        description:
          "Where the pods may connect to: peers in Kubernetes' form, or rules with `to` and `ports`. DNS (port 53) is added. An empty list allows DNS alone.",
        unset: 'everywhere',
        example: [{ to: [{ podSelector: { matchLabels: { app: 'database' } } }], ports: [{ port: 5432 }] }],
      }),
    },
  }),
  objects: (given: NetworkPolicyOptions | false, context: KeyContext) =>
    given === false ? {} : { 'network-policy': networkPolicyObject(given, context) },
};

/** Resolved options of the NetworkPolicy. */
export interface NetworkPolicyOptions {
  readonly from?: readonly NetworkPolicyPeer[] | undefined;
  readonly metricsFrom?: readonly NetworkPolicyPeer[] | undefined;
  readonly egress?: readonly NetworkPolicyDestination[] | undefined;
}
