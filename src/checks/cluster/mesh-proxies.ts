import { mapAt, textAt, type Manifest } from '../../kubernetes/manifest.js';
import type { MonitorEndpoint } from './monitor.js';
import type { Workload } from './workload.js';

/** A service mesh that adds a proxy container to pods when they are created. No manifest contains it. */
interface Mesh {
  readonly name: string;
  readonly container: string;
  /** Names and numbers of the proxy's metrics ports. */
  readonly ports: readonly unknown[];
  /** Labels and annotations that enable the proxy. Those of the pod override those of its namespace. */
  readonly asks: Readonly<Record<string, readonly string[] | 'any value'>>;
}

const MESHES: readonly Mesh[] = [
  {
    name: 'Istio',
    container: 'istio-proxy',
    ports: ['http-envoy-prom', 15090, 15020],
    asks: {
      'sidecar.istio.io/inject': ['true'],
      'istio-injection': ['enabled'],
      'istio.io/rev': 'any value',
    },
  },
  {
    name: 'Linkerd',
    container: 'linkerd-proxy',
    ports: ['linkerd-admin', 4191],
    asks: { 'linkerd.io/inject': ['enabled', 'ingress'] },
  },
  {
    name: 'Dapr',
    container: 'daprd',
    ports: ['dapr-metrics', 9090],
    asks: { 'dapr.io/enabled': ['true'] },
  },
];

/** The proxies that meshes add to pods. */
export class MeshProxies {
  /** Labels and annotations of namespaces. */
  private readonly namespaces: ReadonlyMap<string, Manifest>;

  constructor(manifests: readonly Manifest[]) {
    this.namespaces = new Map(
      manifests
        .filter(({ kind }) => kind === 'Namespace')
        .map((manifest) => [
          textAt(manifest, 'metadata', 'name') ?? '',
          marksOf(mapAt(manifest, 'metadata')),
        ]),
    );
  }

  /** Returns `istio-proxy, which Istio adds to Deployment shop/web` if an endpoint scrapes a mesh's proxy. */
  find(endpoint: MonitorEndpoint, workloads: readonly Workload[]): string | undefined {
    const mesh = MESHES.find((one) => isMeant(one, endpoint));
    const workload = mesh && workloads.find((one) => this.isInjected(mesh, one));
    return workload && `${mesh.container}, which ${mesh.name} adds to ${workload.object}`;
  }

  private isInjected({ asks }: Mesh, { podLabels, podAnnotations, namespace }: Workload): boolean {
    const pod: Manifest = { ...podAnnotations, ...podLabels };
    const marks = { ...this.namespaces.get(namespace), ...pod };
    const own = Object.keys(asks).filter((key) => pod[key] !== undefined);
    return (own.length > 0 ? own : Object.keys(asks)).some((key) => {
      const values = asks[key];
      const value = marks[key];
      return typeof value === 'string' && (values === 'any value' || values?.includes(value) === true);
    });
  }
}

function marksOf(metadata: Manifest): Manifest {
  return { ...mapAt(metadata, 'annotations'), ...mapAt(metadata, 'labels') };
}

function isMeant(
  { container, ports }: Mesh,
  { port, portNumber, targetPort, relabelings }: MonitorEndpoint,
): boolean {
  const wanted = port ?? portNumber ?? targetPort;
  return (
    (wanted !== undefined && ports.includes(wanted)) ||
    relabelings.some(({ regex }) => regex?.split('|').includes(container) === true)
  );
}
