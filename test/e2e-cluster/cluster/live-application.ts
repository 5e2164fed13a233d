import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { textAt, textsAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { toYaml } from '../../../src/output/to-yaml.js';
import { PATIENCE } from '../../e2e/cluster/eventually.js';
import type { PrometheusApi, ScrapeTarget } from '../../e2e/cluster/prometheus-api.js';
import { workerMetrics } from '../../run-command.js';
import type { Pod } from '../node/pod.js';
import { synthesized } from '../manifest-set.js';
import type { MonitoredCluster } from './monitored-cluster.js';

/** The values of an application with our example image. */
export interface ApplicationValues {
  readonly name: string;
  readonly namespace: string;
  readonly workers: number;
  readonly replicas?: number;
  readonly metrics?: object;
  readonly [key: string]: unknown;
}

/** An application that runs in a cluster. */
export class LiveApplication {
  constructor(
    private readonly cluster: MonitoredCluster,
    public values: ApplicationValues,
  ) {}

  /** Changes values, applies the manifests, and waits for the end of the rollout. @param flags of `kubectl apply` */
  async apply(change: Partial<ApplicationValues> = {}, ...flags: readonly string[]): Promise<void> {
    this.values = { ...this.values, ...change };
    await this.write();
    await this.cluster.plane.kubectl.succeed('apply', '--filename', this.dist, ...flags);
    await this.rollout('status', `--timeout=${2 * PATIENCE}s`);
  }

  /** The commands that `worker-metrics diff` prints for objects that stay in the cluster when these values change. */
  commandsToDelete(change: Partial<ApplicationValues>): string[] {
    const file = path.join(this.folder, 'values.yaml');
    writeFileSync(file, stringify({ ...this.values, ...change }));
    const { stdout } = workerMetrics(['diff', '--values', file, '--output', this.dist]);
    return [...stdout.matchAll(/ leaves it in the cluster; .*: (kubectl delete .*)/g)].map(
      ([, command = '']) => command,
    );
  }

  /** Replaces its pods by equal ones. */
  async restart(): Promise<void> {
    await this.rollout('restart');
    await this.rollout('status', `--timeout=${2 * PATIENCE}s`);
  }

  /** Its pods that are ready, as the API server has them. */
  async pods(): Promise<Manifest[]> {
    const { name, namespace } = this.values;
    const ready = await this.cluster.readyPods(namespace);
    return ready.filter((pod) => textsAt(pod, 'metadata', 'labels')['app.kubernetes.io/name'] === name);
  }

  /** Its ready pods, as the node runs them. */
  async runningPods(): Promise<Pod[]> {
    const pods = await this.pods();
    return pods.map((pod) =>
      this.cluster.node.pod(this.values.namespace, textAt(pod, 'metadata', 'name') ?? ''),
    );
  }

  /** The targets in its pods, of any job. */
  async targets(prometheus: PrometheusApi): Promise<ScrapeTarget[]> {
    const { name, namespace } = this.values;
    const ofDeployment = new RegExp(`^${name}-[a-z0-9]+-[a-z0-9]{5}$`);
    const targets = await prometheus.targets();
    return targets.filter(
      ({ labels }) => labels['namespace'] === namespace && ofDeployment.test(labels['pod'] ?? ''),
    );
  }

  private async rollout(...command: readonly string[]): Promise<void> {
    const { name, namespace } = this.values;
    const deployment = [`deployment/${name}`, `--namespace=${namespace}`];
    await this.cluster.plane.kubectl.succeed('rollout', ...command, ...deployment);
  }

  private async write(): Promise<void> {
    const { name } = this.values;
    mkdirSync(this.dist, { recursive: true });
    const { manifests } = await synthesized(name, this.values);
    writeFileSync(path.join(this.dist, `${name}.k8s.yaml`), toYaml(manifests));
  }

  private get dist(): string {
    return path.join(this.folder, 'dist');
  }

  private get folder(): string {
    return path.join(this.cluster.plane.folder, `applications/${this.values.namespace}-${this.values.name}`);
  }
}
