import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { OPERATOR_DEPLOYMENT, PROMETHEUS_ACCOUNT } from '../../../scripts/cluster-programs/module-files.js';
import { at, listAt, namespaceOf, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { eventually, PATIENCE } from '../../e2e/cluster/eventually.js';
import { PrometheusApi } from '../../e2e/cluster/prometheus-api.js';
import { Node, type Images } from '../node/node.js';
import { ControlPlane } from './control-plane.js';
import { images } from './images.js';
import { addCustomResources, fetchedFolder } from './prepare.js';

/** A control plane with its controllers, a node, prometheus-operator as a pod, and the Prometheus that it runs. */
export class MonitoredCluster {
  /** @param more images of one test */
  static async start(more: Images = []): Promise<MonitoredCluster> {
    const plane = await ControlPlane.start();
    const cluster = new MonitoredCluster(plane, [...more, ...images()]);
    try {
      await cluster.startMonitoring();
    } catch (error) {
      await cluster.end();
      throw error;
    }
    return cluster;
  }

  private startedNode: Node | undefined;

  private constructor(
    readonly plane: ControlPlane,
    private readonly images: Images,
  ) {}

  get node(): Node {
    if (this.startedNode === undefined) throw new Error('the node has not been started');
    return this.startedNode;
  }

  /**
   * Runs a Prometheus of the operator that takes every monitor and rule, and waits until it has loaded all that exist. Its
   * configuration is the operator's own.
   */
  async addPrometheus(name: string, role: 'Endpoints' | 'EndpointSlice'): Promise<PrometheusApi> {
    const everything = {};
    await this.plane.api.create('/apis/monitoring.coreos.com/v1/namespaces/default/prometheuses', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name },
      spec: {
        version: 'v3.14.0',
        serviceAccountName: 'prometheus',
        serviceDiscoveryRole: role,
        serviceMonitorSelector: everything,
        serviceMonitorNamespaceSelector: everything,
        podMonitorSelector: everything,
        podMonitorNamespaceSelector: everything,
        ruleSelector: everything,
        ruleNamespaceSelector: everything,
        evaluationInterval: '5s',
      },
    });
    const pod = `prometheus-${name}-0`;
    await this.ready('default', pod);
    const prometheus = new PrometheusApi(`http://${this.node.pod('default', pod).facts.address}:9090`);
    // If its config-reloader misses a change as it starts, it looks again three minutes later.
    await eventually(async () => {
      const rules = (await prometheus.rules()).map((rule) => rule.name);
      expect([await prometheus.scrapeJobs(), rules].map(sorted)).toEqual(
        [await this.monitoredJobs(), await this.ruleNames()].map(sorted),
      );
    }, 3 * PATIENCE);
    return prometheus;
  }

  /** Waits until a pod is ready. */
  async ready(namespace: string, name: string): Promise<void> {
    await eventually(async () => {
      if (!isReady(await this.plane.api.get(`/api/v1/namespaces/${namespace}/pods/${name}`)))
        throw new Error(`${namespace}/${name} is not ready: ${this.logOf(namespace, name)}`);
    });
  }

  /** The ready pods of a namespace. */
  async readyPods(namespace: string): Promise<Manifest[]> {
    return (await this.plane.api.list(`/api/v1/namespaces/${namespace}/pods`)).filter(isReady);
  }

  /** The log of the operator, a line each. */
  async operatorLog(): Promise<string[]> {
    const pods = await this.plane.api.list('/api/v1/namespaces/default/pods');
    const operator = pods.find((pod) => textAt(pod, 'metadata', 'name')?.startsWith('prometheus-operator-'));
    return this.logOf('default', textAt(operator, 'metadata', 'name') ?? '').split('\n');
  }

  async end(): Promise<void> {
    await this.startedNode?.end();
    await this.plane.end();
  }

  /** The scrape jobs that the operator makes of all monitors. */
  private async monitoredJobs(): Promise<string[]> {
    const kinds = { serviceMonitor: 'endpoints', podMonitor: 'podMetricsEndpoints' };
    const jobs = Object.entries(kinds).map(async ([kind, field]) => {
      const monitors = await this.plane.api.list(`/apis/monitoring.coreos.com/v1/${kind.toLowerCase()}s`);
      return monitors.flatMap((monitor) =>
        listAt(monitor, 'spec', field).map((_, i) =>
          [kind, namespaceOf(monitor), textAt(monitor, 'metadata', 'name'), i].join('/'),
        ),
      );
    });
    return (await Promise.all(jobs)).flat();
  }

  private async ruleNames(): Promise<string[]> {
    const objects = await this.plane.api.list('/apis/monitoring.coreos.com/v1/prometheusrules');
    return objects
      .flatMap((object) => listAt(object, 'spec', 'groups'))
      .flatMap((group) => listAt(group, 'rules'))
      .map((rule) => textAt(rule, 'alert') ?? textAt(rule, 'record') ?? '');
  }

  private async startMonitoring(): Promise<void> {
    const { api, kubectl } = this.plane;
    await addCustomResources(this.plane);
    this.plane.startControllers();
    this.startedNode = await Node.start(this.plane, this.images);
    await kubectl.succeed('apply', '--filename', fetchedFolder(PROMETHEUS_ACCOUNT));
    const folder = fetchedFolder(OPERATOR_DEPLOYMENT);
    for (const file of OPERATOR_DEPLOYMENT.files.filter((name) => !name.endsWith('-deployment.yaml')))
      await kubectl.succeed('apply', '--filename', path.join(folder, file));
    const deployment = parse(
      readFileSync(path.join(folder, 'prometheus-operator-deployment.yaml'), 'utf8'),
    ) as OperatorDeployment;
    // It then says in the status of each monitor, rule and AlertmanagerConfig whether it takes it.
    deployment.spec.template.spec.containers[0]?.args.push(
      '--feature-gates=StatusForConfigurationResources=true',
    );
    await api.create('/apis/apps/v1/namespaces/default/deployments', deployment);
    await eventually(async () => {
      if ((await this.readyPods('default')).length > 0) return;
      const pods = (await api.list('/api/v1/namespaces/default/pods')).map((pod) =>
        this.logOf('default', textAt(pod, 'metadata', 'name') ?? ''),
      );
      throw new Error(
        `the operator is not ready: ${[`${pods.length} pods`, ...pods, ...this.node.problems].join('\n')}`,
      );
    });
  }

  private logOf(namespace: string, name: string): string {
    try {
      return this.node.pod(namespace, name).log;
    } catch (error) {
      return [String(error), ...this.node.problems].join('\n');
    }
  }
}

interface OperatorDeployment {
  readonly spec: { template: { spec: { containers: { args: string[] }[] } } };
}

function sorted(texts: readonly string[]): string[] {
  return texts.toSorted();
}

function isReady(pod: Manifest): boolean {
  return (
    at(pod, 'metadata', 'deletionTimestamp') === undefined &&
    listAt(pod, 'status', 'conditions').some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}
