import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import type { AlertmanagerClusterProps } from '../../../src/stack/alertmanager/alertmanager-cluster-props.js';
import { listAt, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { AlertmanagerCluster } from '../../../src/stack/alertmanager/alertmanager-cluster.js';
import { eventually } from '../cluster/eventually.js';
import { freePorts } from '../cluster/free-ports.js';
import { valueOnPage } from '../cluster/metrics-page.js';
import { Program } from '../cluster/program.js';
import { ALERTMANAGER } from './tools.js';

/** The kubelet and the cluster's DNS for the pods of an AlertmanagerCluster: each has an address on loopback. */
export class AlertmanagerPods {
  /** @param network the third number of the pods' addresses: `7` gives 127.0.7.1, 127.0.7.2, … */
  static async of(props: AlertmanagerClusterProps, network: number): Promise<AlertmanagerPods> {
    const chart = new Chart(new App(), props.name, { disableResourceNameHashes: true });
    const cluster = new AlertmanagerCluster(chart, 'cluster', props);
    return new AlertmanagerPods(cluster, chart.toJson() as Manifest[], network, await freePorts(2));
  }

  readonly pods: AlertmanagerPod[];
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'alertmanager-'));

  private constructor(
    readonly cluster: AlertmanagerCluster,
    private readonly manifests: readonly Manifest[],
    private readonly network: number,
    private readonly firstPort: number,
  ) {
    this.pods = cluster.peers.map(({ number }) => {
      const folder = path.join(this.folder, String(number));
      mkdirSync(path.join(folder, 'storage'), { recursive: true });
      const config = path.join(folder, 'alertmanager.yml');
      writeFileSync(config, this.fileOfConfigMap('alertmanager.yml'));
      const address = this.addressOf(number);
      const args = this.args.map((arg) =>
        this.resolved(arg)
          .replaceAll('$(POD_IP)', address)
          .replace(/^--config.file=.*/, `--config.file=${config}`)
          .replace(/^--storage.path=.*/, `--storage.path=${path.join(folder, 'storage')}`)
          .replace(/^--web.listen-address=:/, `--web.listen-address=${address}:`),
      );
      return new AlertmanagerPod(
        args,
        `http://${address}:${this.firstPort}`,
        `${address}:${this.firstPort + 1}`,
      );
    });
  }

  /** A text with the names and ports of the pods as they are on this machine. */
  resolved(text: string): string {
    const { peers } = this.cluster;
    return [...peers]
      .reduce((result, { host, number }) => result.replaceAll(host, this.addressOf(number)), text)
      .replaceAll(':9093', `:${this.firstPort}`)
      .replaceAll(':9094', `:${this.firstPort + 1}`);
  }

  /** The text of a file that a ConfigMap of the cluster holds. */
  fileOfConfigMap(file: string): string {
    const texts = this.manifests.map((manifest) => textAt(manifest, 'data', file));
    return texts.find((text) => text !== undefined) ?? '';
  }

  async start(): Promise<void> {
    for (const pod of this.pods) pod.start();
    await eventually(() => Promise.all(this.pods.map((pod) => pod.get('/-/ready'))));
  }

  async end(): Promise<void> {
    await Promise.all(this.pods.map((pod) => pod.end()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private addressOf(peer: number): string {
    return `127.0.${this.network}.${peer + 1}`;
  }

  private get args(): string[] {
    const statefulSet = this.manifests.find(({ kind }) => kind === 'StatefulSet');
    const [container] = listAt(statefulSet, 'spec', 'template', 'spec', 'containers');
    return container?.['args'] as string[];
  }
}

/** One Alertmanager, with the command line that its pod has. */
export class AlertmanagerPod {
  private program: Program | undefined;

  constructor(
    readonly args: readonly string[],
    readonly url: string,
    /** Where other peers reach it. */
    readonly gossip: string,
  ) {}

  start(...more: string[]): void {
    this.program = new Program(ALERTMANAGER, [...this.args, ...more]);
  }

  /** Names of the peers that it sees, itself included. */
  async peers(): Promise<string[]> {
    const status = (await this.json('/api/v2/status')) as { cluster: { peers?: { name: string }[] } };
    return (status.cluster.peers ?? []).map(({ name }) => name).toSorted();
  }

  async fire(alertname: string): Promise<void> {
    await this.post('/api/v2/alerts', [{ labels: { alertname } }]);
  }

  /** Names of the alerts that it has. */
  async alerts(): Promise<(string | undefined)[]> {
    const alerts = (await this.json('/api/v2/alerts')) as { labels: Record<string, string> }[];
    return alerts.map(({ labels }) => labels['alertname']);
  }

  /** How often it has looked up, before it notifies, whether another peer has notified. */
  lookups(): Promise<number> {
    return this.metric('alertmanager_nflog_queries_total');
  }

  /** How many alerts a silence has kept from being notified of. */
  silenced(): Promise<number> {
    return this.metric('alertmanager_notifications_suppressed_total{reason="silence"}');
  }

  async silence(alertname: string): Promise<void> {
    await this.post('/api/v2/silences', {
      matchers: [{ name: 'alertname', value: alertname, isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      createdBy: 'e2e',
      comment: alertname,
    });
  }

  async silences(): Promise<string[]> {
    const silences = (await this.json('/api/v2/silences')) as { comment: string }[];
    return silences.map(({ comment }) => comment);
  }

  async get(what: string): Promise<Response> {
    if (this.program?.hasEnded === true) throw new Error(this.program.text);
    const response = await fetch(this.url + what);
    if (!response.ok) throw new Error(`${this.url}${what}: ${response.status}`);
    return response;
  }

  async end(): Promise<void> {
    await this.program?.end();
  }

  private async metric(series: string): Promise<number> {
    return valueOnPage(await (await this.get('/metrics')).text(), series);
  }

  private async json(what: string): Promise<unknown> {
    return (await this.get(what)).json();
  }

  private async post(what: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(this.url + what, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`);
  }
}
