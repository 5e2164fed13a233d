import { NAME_LABEL, MANAGED_BY_LABEL } from '../../kubernetes/labels.js';
import { operatedService } from './operated-pods.js';
import type { Manifest } from '../../kubernetes/manifest.js';

/** A Service that exists in a cluster without a manifest. */
export interface AlwaysThere {
  readonly manifest: Manifest;
  /** The component that creates it: `the API server`. */
  readonly maker: string;
}

function service(
  namespace: string,
  name: string,
  labels: object,
  ports: Readonly<Record<string, number>>,
): Manifest {
  const spec = { ports: Object.entries(ports).map(([portName, port]) => ({ name: portName, port })) };
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name, labels }, spec };
}

const OF_CLUSTERS: readonly AlwaysThere[] = [
  {
    manifest: service(
      'default',
      'kubernetes',
      { component: 'apiserver', provider: 'kubernetes' },
      {
        https: 443,
      },
    ),
    maker: 'the API server',
  },
  {
    manifest: service(
      'kube-system',
      'kube-dns',
      { 'k8s-app': 'kube-dns', 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
      { dns: 53, 'dns-tcp': 53, metrics: 9153 },
    ),
    maker: 'the cluster',
  },
  {
    manifest: service(
      'kube-system',
      'kubelet',
      {
        'k8s-app': 'kubelet',
        [NAME_LABEL]: 'kubelet',
        [MANAGED_BY_LABEL]: 'prometheus-operator',
      },
      { 'https-metrics': 10250, 'http-metrics': 10255, cadvisor: 4194 },
    ),
    maker: 'the prometheus-operator',
  },
];

/** Returns the Services of every cluster, and those that the prometheus-operator creates for its objects. */
export function servicesAlwaysThere(manifests: readonly Manifest[]): AlwaysThere[] {
  const operated = manifests.flatMap((object) => {
    const manifest = operatedService(object);
    return manifest === undefined ? [] : [{ manifest, maker: 'the prometheus-operator' }];
  });
  return [...OF_CLUSTERS, ...operated];
}

/** Labels of the pods that every cluster runs in kube-system. PodMonitors select pods by them. */
export const PODS_OF_CLUSTERS: readonly Readonly<Record<string, string>>[] = [
  { 'k8s-app': 'kube-dns' },
  { 'k8s-app': 'kube-proxy' },
  ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'].map((component) => ({
    component,
    tier: 'control-plane',
  })),
];
