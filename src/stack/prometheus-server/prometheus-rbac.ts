import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../kubernetes/plain.js';
import { Construct } from 'constructs';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

const READ = ['get', 'list', 'watch'];

/** Permissions for the roles `endpoints`, `endpointslice`, `service` and `pod` of kubernetes_sd_configs. */
const DISCOVERY: readonly Plain<k8s.PolicyRule>[] = [
  { apiGroups: [''], resources: ['services', 'endpoints', 'pods'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
];

/** Permissions for the role `node` of kubernetes_sd_configs, and for the metrics of the kubelets. */
const NODES: readonly Plain<k8s.PolicyRule>[] = [
  { apiGroups: [''], resources: ['nodes'], verbs: READ },
  { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
];

const RBAC = 'rbac.authorization.k8s.io';

/** Adds a ServiceAccount that may only discover targets in the given namespaces. */
export class PrometheusRbac extends Construct {
  readonly serviceAccount: ApiObject;
  /** A Role in each namespace, or the ClusterRole. */
  readonly roles: readonly ApiObject[];
  readonly roleBindings: readonly ApiObject[];

  constructor(scope: Construct, id: string, spec: PrometheusServerSpec) {
    super(scope, id);
    const { name, namespace, labels, discovery } = spec;
    this.serviceAccount = new PlainObject(this, 'Account', {
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
    // ClusterRole names must be unique in the whole cluster.
    const metadata = { name: `${namespace}-${name}`, labels: { ...labels } };
    return this.permit('ClusterRole', '', metadata, [...DISCOVERY, ...NODES], { name, namespace });
  }

  private inNamespace({ name, namespace, labels }: PrometheusServerSpec, target: string) {
    // A namespace may contain the Roles of two servers.
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
      new PlainObject(this, `${kind}${id}`, { apiVersion: `${RBAC}/v1`, kind, metadata, ...more });
    return {
      role: object(kind, { rules }),
      binding: object(`${kind}Binding`, {
        roleRef: { apiGroup: RBAC, kind, name: metadata.name },
        subjects: [{ kind: 'ServiceAccount', ...account }],
      }),
    };
  }
}
