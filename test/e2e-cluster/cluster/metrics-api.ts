import { createServer, type Server } from 'node:https';
import path from 'node:path';
import { eventually } from '../../e2e/cluster/eventually.js';
import type { Container } from '../node/container.js';
import type { Pod } from '../node/pod.js';
import { CertificateAuthority } from './certificates.js';
import type { MonitoredCluster } from './monitored-cluster.js';
import { usedCpu } from './used-cpu.js';

const GROUP = 'metrics.k8s.io';
const VERSION = 'v1beta1';
const BASE = `/apis/${GROUP}/${VERSION}`;
const SERVICE = { name: 'metrics-server', namespace: 'kube-system' };
const PORT = 4443;

/** Milliseconds between two looks at the processes. */
const LOOK = 5000;

/** Serves the CPU that pods use as the API metrics.k8s.io, in place of metrics-server, which asks kubelets for it. */
export class MetricsApi {
  /** @param namespace of the pods that are measured */
  static async start(cluster: MonitoredCluster, namespace: string): Promise<MetricsApi> {
    const metrics = new MetricsApi(cluster, namespace);
    await metrics.register();
    return metrics;
  }

  private readonly server: Server;
  private readonly authority: CertificateAuthority;
  private readonly timer: NodeJS.Timeout;
  /** The usage of each pod between the last two looks. */
  private items: readonly object[] = [];
  private looked = Date.now();
  /** CPU seconds that each container had used at the last look. */
  private used = new Map<Container, number>();

  private constructor(
    private readonly cluster: MonitoredCluster,
    private readonly namespace: string,
  ) {
    const { folder, network } = cluster.plane;
    this.authority = new CertificateAuthority(path.join(folder, 'metrics-server'));
    const { certificate, key } = this.authority.sign('metrics-server', ['metrics-server.kube-system.svc']);
    this.server = createServer({ cert: certificate, key }, (request, response) => {
      const answer = request.url?.startsWith(`${BASE}/namespaces/${namespace}/pods`)
        ? { kind: 'PodMetricsList', apiVersion: `${GROUP}/${VERSION}`, metadata: {}, items: this.items }
        : DISCOVERY;
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
    }).listen(PORT, network.host);
    this.timer = setInterval(() => this.look(), LOOK);
  }

  end(): void {
    clearInterval(this.timer);
    this.server.close();
    this.server.closeAllConnections();
  }

  private async register(): Promise<void> {
    const { api, network } = this.cluster.plane;
    const [services, slices] = [
      `/api/v1/namespaces/${SERVICE.namespace}/services`,
      `/apis/discovery.k8s.io/v1/namespaces/${SERVICE.namespace}/endpointslices`,
    ];
    const ports = [{ name: 'https', port: PORT }];
    await api.create(services, { metadata: { name: SERVICE.name }, spec: { ports } });
    await api.create(slices, {
      metadata: { name: SERVICE.name, labels: { 'kubernetes.io/service-name': SERVICE.name } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [network.host], conditions: { ready: true } }],
      ports,
    });
    await api.create('/apis/apiregistration.k8s.io/v1/apiservices', {
      metadata: { name: `${VERSION}.${GROUP}` },
      spec: {
        group: GROUP,
        version: VERSION,
        groupPriorityMinimum: 100,
        versionPriority: 100,
        service: { ...SERVICE, port: PORT },
        caBundle: Buffer.from(this.authority.certificate).toString('base64'),
      },
    });
    await eventually(() => api.get(`${BASE}/namespaces/${this.namespace}/pods`));
  }

  private look(): void {
    const [before, now] = [this.looked, Date.now()];
    const seconds = (now - before) / 1000;
    const used = new Map<Container, number>();
    const containers = ({ containers: of }: Pod) => of.filter(({ hasEnded }) => !hasEnded);
    const pods = this.cluster.node.podsOf(this.namespace);
    for (const container of pods.flatMap(containers)) used.set(container, usedCpu(container.pid));
    const usage = (container: Container) => {
      const [first, last] = [this.used.get(container), used.get(container)];
      // A command that has ended takes its CPU seconds with it.
      return first === undefined || last === undefined ? 0 : Math.max(0, (last - first) / seconds);
    };
    this.items = pods.map((pod) => ({
      metadata: { name: pod.facts.name, namespace: this.namespace },
      timestamp: new Date(now).toISOString(),
      window: `${Math.round(seconds)}s`,
      containers: containers(pod).map((container) => ({
        name: container.name,
        usage: { cpu: `${Math.round(usage(container) * 1000)}m`, memory: '0' },
      })),
    }));
    this.used = used;
    this.looked = now;
  }
}

const DISCOVERY = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: `${GROUP}/${VERSION}`,
  resources: [
    { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
  ],
};
