import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Chart } from 'cdk8s';
import { listAt, textAt, textsAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { PrometheusServer } from '../../../src/stack/prometheus-server/prometheus-server.js';
import type { PrometheusServerProps } from '../../../src/stack/prometheus-server/prometheus-server-props.js';
import { eventually } from '../cluster/eventually.js';
import { freePorts } from '../cluster/free-ports.js';
import { valueOnPage } from '../cluster/metrics-page.js';
import { Program, run } from '../cluster/program.js';

/** The real program where GIT_SYNC names it, as one gets it out of its image; else a stand-in. */
const GIT_SYNC = process.env['GIT_SYNC'] ?? fileURLToPath(new URL('git-sync.mjs', import.meta.url));

/** Files that the stand-ins for Secrets of the cluster hold: mount path → name → text. */
export type SecretFiles = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The kubelet for the pod of a PrometheusServer: its containers, their arguments and their mounts, on this machine. */
export class PrometheusPod {
  static async of(
    props: PrometheusServerProps,
    env: NodeJS.ProcessEnv,
    secrets: SecretFiles = {},
  ): Promise<PrometheusPod> {
    const chart = new Chart(new App(), props.name, { disableResourceNameHashes: true });
    new PrometheusServer(chart, 'server', props);
    return new PrometheusPod(chart.toJson() as Manifest[], env, await freePorts(2), secrets);
  }

  readonly folder = mkdtempSync(path.join(tmpdir(), 'prometheus-pod-'));
  private readonly spec: unknown;
  private readonly programs: Program[] = [];

  private constructor(
    private readonly manifests: readonly Manifest[],
    private readonly env: NodeJS.ProcessEnv,
    private readonly firstPort: number,
    secrets: SecretFiles,
  ) {
    const statefulSet = manifests.find(({ kind }) => kind === 'StatefulSet');
    this.spec = (statefulSet as { spec: { template: { spec: unknown } } }).spec.template.spec;
    this.mount();
    for (const [mountPath, files] of Object.entries(secrets)) {
      for (const [name, text] of Object.entries(files)) writeFileSync(this.at(`${mountPath}/${name}`), text);
    }
    // What the image of git-sync has at its root.
    symlinkSync(path.resolve(GIT_SYNC), path.join(this.folder, 'git-sync'));
  }

  get url(): string {
    return `http://127.0.0.1:${this.firstPort}`;
  }

  /** A path in the pod, on this machine. */
  at(podPath: string): string {
    return path.join(this.folder, podPath);
  }

  /** The init container that waits for the first valid configuration. */
  waitForConfiguration(): Program {
    const { command, args, env } = this.container('initContainers', 'first-configuration');
    const [shell = '', ...rest] = command;
    return this.start(shell, [...rest.map((arg) => (arg === '/git-sync' ? this.at(arg) : arg)), ...args], {
      ...env,
      RETRY_SECONDS: '1',
    });
  }

  async startPrometheus(): Promise<Program> {
    const { args, env } = this.container('containers', 'prometheus');
    // Prometheus 3, as in the pod, always does what Debian's 2.42 must be asked for.
    const program = this.start('prometheus', [...args, '--enable-feature=expand-external-labels'], {
      ...env,
      POD_NAME: 'prometheus-0',
    });
    await eventually(async () => {
      if (program.hasEnded) return;
      if (!(await fetch(`${this.url}/-/ready`)).ok) throw new Error('Prometheus is not ready');
    });
    if (!program.hasEnded) return program;
    await program.ended();
    throw new Error(program.text);
  }

  startGitSync(more: NodeJS.ProcessEnv = {}): Program {
    const { args, env } = this.container('containers', 'git-sync');
    return this.start(this.at('/git-sync'), args, { ...env, ...more });
  }

  /** Runs the hook once in a worktree, as git-sync does. */
  hookEnv(commit: string): NodeJS.ProcessEnv {
    const { env } = this.container('initContainers', 'first-configuration');
    return { ...process.env, ...env, GITSYNC_HASH: commit };
  }

  /** The configuration that Prometheus has loaded. */
  async configuration(): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/status/config`);
    return ((await response.json()) as { data: { yaml: string } }).data.yaml;
  }

  /** The value of a series of Prometheus' or git-sync's own metrics; 0 where there is none. */
  async metric(of: 'prometheus' | 'git-sync', series: string): Promise<number> {
    const port = this.firstPort + (of === 'prometheus' ? 0 : 1);
    return valueOnPage(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(), series);
  }

  /** Ends all containers, as when the pod is deleted; its volumes stay. */
  async endContainers(): Promise<void> {
    await Promise.all(this.programs.splice(0).map((program) => program.end()));
  }

  async end(): Promise<void> {
    await this.endContainers();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private start(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Program {
    const program = new Program(command, args, { env: { ...process.env, ...this.env, ...env } });
    this.programs.push(program);
    return program;
  }

  /** Makes every folder that is mounted, with the files of our ConfigMaps and the tools of the other images. */
  private mount(): void {
    const volumes = new Map(listAt(this.spec, 'volumes').map((volume) => [textAt(volume, 'name'), volume]));
    const mounts = ['initContainers', 'containers']
      .flatMap((list) => listAt(this.spec, list))
      .flatMap((container) => listAt(container, 'volumeMounts'));
    for (const mount of mounts) {
      const folder = this.at(String(mount['mountPath']));
      mkdirSync(folder, { recursive: true });
      const configMap = textAt(volumes.get(String(mount['name'])), 'configMap', 'name');
      const data = this.manifests.find(
        (one) => one['kind'] === 'ConfigMap' && textAt(one, 'metadata', 'name') === configMap,
      );
      for (const [name, text] of Object.entries(textsAt(data, 'data'))) {
        writeFileSync(path.join(folder, name), text);
        chmodSync(path.join(folder, name), 0o755);
      }
    }
    cpSync(run('which', ['promtool']).trim(), this.at('/tools/promtool'));
  }

  private container(list: string, name: string) {
    const container = listAt(this.spec, list).find((one) => one['name'] === name);
    if (container === undefined) throw new Error(`no container ${name}`);
    const texts = (key: string) =>
      ((container[key] ?? []) as string[]).map((text) => this.local(text, container));
    return {
      command: texts('command'),
      args: texts('args'),
      env: Object.fromEntries(
        listAt(container, 'env').map((entry) => [
          String(entry['name']),
          this.local(textAt(entry, 'value') ?? '', container),
        ]),
      ),
    };
  }

  /** A text of the manifests with the paths, addresses and waits of this machine. */
  private local(text: string, container: Manifest): string {
    const mounts = listAt(container, 'volumeMounts').map(({ mountPath }) => String(mountPath));
    const [, option = '', value = ''] = /^(--[^=]+=)?(.*)$/s.exec(text) ?? [];
    const mounted = mounts.some((folder) => value === folder || value.startsWith(`${folder}/`));
    return (option + (mounted ? this.at(value) : value))
      .replace(/(^|=)(127\.0\.0\.1)?:9090$/, `$1127.0.0.1:${this.firstPort}`)
      .replace(/=:2112$/, `=127.0.0.1:${this.firstPort + 1}`)
      .replace(/^(--period|--exechook-backoff)=.*/, '$1=1s');
  }
}

/** Puts a program into a pod's tools, as an init container would. */
export function addTool(pod: PrometheusPod, name: string, program: string): void {
  symlinkSync(program, pod.at(`/tools/${name}`));
}
