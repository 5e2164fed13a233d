import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { textAt, textsAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { toYaml } from '../../../src/output/to-yaml.js';
import type { PrometheusApi, ScrapeTarget } from '../../e2e/cluster/prometheus-api.js';
import type { Pod } from '../node/pod.js';
import { synthesized } from '../manifest-set.js';
import { SOON, type MonitoredCluster } from './monitored-cluster.js';

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

  /** Changes values, applies the manifests, and waits for the end of the rollout. */
  async apply(change: Partial<ApplicationValues> = {}): Promise<void> {
    const { kubectl } = this.cluster.plane;
    this.values = { ...this.values, ...change };
    await kubectl.succeed('apply', '--filename', await this.write());
    await this.rollout('status', `--timeout=${2 * SOON}s`);
  }

  /** Replaces its pods by equal ones. */
  async restart(): Promise<void> {
    await this.rollout('restart');
    await this.rollout('status', `--timeout=${2 * SOON}s`);
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

  async targets(prometheus: PrometheusApi): Promise<ScrapeTarget[]> {
    const { name, namespace } = this.values;
    const targets = await prometheus.targets();
    return targets.filter(({ labels }) => labels['job'] === name && labels['namespace'] === namespace);
  }

  private async rollout(...command: readonly string[]): Promise<void> {
    const { name, namespace } = this.values;
    const deployment = [`deployment/${name}`, `--namespace=${namespace}`];
    await this.cluster.plane.kubectl.succeed('rollout', ...command, ...deployment);
  }

  /** Writes its manifests. @returns the file */
  private async write(): Promise<string> {
    const { name, namespace } = this.values;
    const folder = path.join(this.cluster.plane.folder, 'dist');
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${namespace}-${name}.k8s.yaml`);
    writeFileSync(file, toYaml((await synthesized(name, this.values)).manifests));
    return file;
  }
}
