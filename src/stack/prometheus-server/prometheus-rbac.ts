import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../kubernetes/plain.js';
import { Construct } from 'constructs';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';

const READ = ['get', 'list', 'watch'];

/** The requests of the roles endpoints, endpointslice, service and pod of kubernetes_sd_configs. */
const DISCOVERY: readonly Plain<k8s.PolicyRule>[] = [
  { apiGroups: [''], resources: ['services', 'endpoints', 'pods'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
];

/** The requests of the role node, and those for the kubelets' metrics. */
const NODES: readonly Plain<k8s.PolicyRule>[] = [
  { apiGroups: [''], resources: ['nodes'], verbs: READ },
  { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
];

const RBAC = 'rbac.authorization.k8s.io';

/** A ServiceAccount that may look for targets in the given namespaces, and do nothing else. */
export class PrometheusRbac extends Construct {
  readonly serviceAccount: ApiObject;
  /** A Role in each namespace, or the ClusterRole. */
  readonly roles: readonly ApiObject[];
  readonly roleBindings: readonly ApiObject[];

  constructor(scope: Construct, id: string, spec: PrometheusServerSpec) {
    super(scope, id);
    const { name, namespace, labels, discovery } = spec;
    this.serviceAccount = new ApiObject(this, 'Account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace, labels: { ...labels } },
      automountServiceAccountToken: false,
    });
    const permissions =
      'cluster' in discovery
        ? [this.inCluster(spec)]
        : discovery.namespaces.map((target) => this.inNamespace(spec, target));
    this.roles = permissions.map(({ role }) => role);
    this.roleBindings = permissions.map(({ binding }) => binding);
  }

  private inCluster({ name, namespace, labels }: PrometheusServerSpec) {
    // Names of cluster roles are the whole cluster's.
    const metadata = { name: `${namespace}-${name}`, labels: { ...labels } };
    return this.permit('ClusterRole', '', metadata, [...DISCOVERY, ...NODES], { name, namespace });
  }

  private inNamespace({ name, namespace, labels }: PrometheusServerSpec, target: string) {
    // Roles of two servers may meet in a namespace.
    const ownName = target === namespace ? name : `${namespace}-${name}`;
    const metadata = { name: ownName, namespace: target, labels: { ...labels } };
    return this.permit('Role', `-${target}`, metadata, DISCOVERY, { name, namespace });
  }

  private permit(
    kind: 'Role' | 'ClusterRole',
    id: string,
    metadata: ApiObjectMetadata & { readonly name: string },
    rules: readonly Plain<k8s.PolicyRule>[],
    account: { readonly name: string; readonly namespace: string },
  ) {
    const object = (kind: string, more: object) =>
      new ApiObject(this, `${kind}${id}`, { apiVersion: `${RBAC}/v1`, kind, metadata, ...more });
    return {
      role: object(kind, { rules }),
      binding: object(`${kind}Binding`, {
        roleRef: { apiGroup: RBAC, kind, name: metadata.name },
        subjects: [{ kind: 'ServiceAccount', ...account }],
      }),
    };
  }
}
