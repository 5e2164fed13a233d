import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';

const READ = ['get', 'list', 'watch'];

/** What the roles endpoints, endpointslice, service and pod of kubernetes_sd_configs ask the API server for. */
const DISCOVERY: k8s.PolicyRule[] = [
  { apiGroups: [''], resources: ['services', 'endpoints', 'pods'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
];

/** The role node beside, and the kubelets' metrics. */
const NODES: k8s.PolicyRule[] = [
  { apiGroups: [''], resources: ['nodes'], verbs: READ },
  { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
];

const RBAC = 'rbac.authorization.k8s.io';

/** A ServiceAccount that may look for targets where it is told to, and nothing else. */
export class PrometheusRbac extends Construct {
  constructor(scope: Construct, id: string, spec: PrometheusServerSpec) {
    super(scope, id);
    const { name, namespace, labels, discovery } = spec;
    new k8s.KubeServiceAccount(this, 'Account', {
      metadata: { name, namespace, labels },
      automountServiceAccountToken: false,
    });
    const subjects = [{ kind: 'ServiceAccount', name, namespace }];
    if ('cluster' in discovery) {
      // Names of cluster roles are the whole cluster's.
      const metadata = { name: `${namespace}-${name}`, labels };
      new k8s.KubeClusterRole(this, 'ClusterRole', { metadata, rules: [...DISCOVERY, ...NODES] });
      const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: metadata.name };
      new k8s.KubeClusterRoleBinding(this, 'ClusterRoleBinding', { metadata, roleRef, subjects });
      return;
    }
    for (const target of discovery.namespaces) {
      // Roles of two servers may meet in a namespace.
      const metadata = {
        name: target === namespace ? name : `${namespace}-${name}`,
        namespace: target,
        labels,
      };
      new k8s.KubeRole(this, `Role-${target}`, { metadata, rules: DISCOVERY });
      const roleRef = { apiGroup: RBAC, kind: 'Role', name: metadata.name };
      new k8s.KubeRoleBinding(this, `RoleBinding-${target}`, { metadata, roleRef, subjects });
    }
  }
}
