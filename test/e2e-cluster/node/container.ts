import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { at, mapAt, textAt, textListAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { Program } from '../../e2e/cluster/program.js';
import { containerEnvironment, expanded } from './container-environment.js';
import { rootScript } from './container-root.js';
import type { Image } from './image.js';
import type { PodFacts } from './pod-facts.js';
import type { Volume } from './volume.js';

/** The place of a container: its pod, and what the pod's containers share. */
export interface ContainerPlace {
  readonly pod: PodFacts;
  readonly networkNamespace: string;
  readonly folder: string;
  readonly volumes: readonly Volume[];
  readonly hosts: string;
  /** Variables by which programs find the API server. */
  readonly apiServer: Readonly<Record<string, string>>;
}

/** A container as a process: with a root of its own, the pod's network, its user, and no capabilities. */
export class Container {
  private program: Program | undefined;
  private environment: Readonly<Record<string, string>> = {};
  private earlier = '';
  private deadline = Infinity;
  private ending: Promise<void> | undefined;

  constructor(
    readonly object: Manifest,
    private readonly image: Image,
    private readonly place: ContainerPlace,
  ) {}

  get name(): string {
    return textAt(this.object, 'name') ?? '';
  }

  get hasEnded(): boolean {
    return this.program?.hasEnded ?? true;
  }

  /** Its first process, for tests that kill workers. */
  get pid(): number {
    if (this.program === undefined) throw new Error(`the container ${this.name} has not been started`);
    return this.program.pid;
  }

  /** Its exit code, once it has ended. */
  get exitCode(): Promise<number | null> {
    return this.program?.exitCode ?? Promise.resolve(null);
  }

  /** What it wrote, also before restarts. */
  get log(): string {
    return this.earlier + (this.program?.text ?? '');
  }

  async start(): Promise<void> {
    this.earlier = this.log.slice(-10_000);
    await this.program?.end();
    const { folder, pod, apiServer, networkNamespace } = this.place;
    const root = path.join(folder, this.name);
    mkdirSync(root, { recursive: true });
    const script = `${root}.sh`;
    writeFileSync(
      script,
      rootScript({
        ...this.place,
        folder: root,
        image: this.image,
        container: this.object,
        hostname: pod.name,
      }),
    );
    const system = { HOSTNAME: pod.name, PATH: '/usr/bin:/bin', ...apiServer, ...this.image.env };
    this.environment = await containerEnvironment(this.object, pod, system);
    if (this.ending !== undefined) return;
    this.program = new Program('ip', [
      'netns',
      'exec',
      networkNamespace,
      ...words('unshare --mount --uts --propagation private sh'),
      script,
      ...this.inEnvironment(),
      // What chroot needs is of no use to a user that is not root.
      ...words(
        '/usr/bin/setpriv --bounding-set=-all,+sys_chroot,+setuid,+setgid --inh-caps=-all --no-new-privs',
      ),
      ...words(`/usr/sbin/chroot --userspec=${this.user} --groups=`),
      root,
      ...this.inWorkingDirectory(),
      ...this.command(),
    ]);
  }

  /** Runs a command in the container, as `kubectl exec` does. @returns its exit code */
  async exec(command: readonly string[]): Promise<number | null> {
    return this.startInside(command).exitCode;
  }

  /** Kills all its processes, as a kernel does whose memory is used up. The pod starts it again. */
  kill(): void {
    process.kill(-this.pid, 'SIGKILL');
  }

  /** Runs a command that must end well in the container. @returns what it wrote */
  async output(command: readonly string[]): Promise<string> {
    const program = this.startInside(command);
    if ((await program.exitCode) !== 0) throw new Error(`${command.join(' ')}: ${program.text}`);
    return program.text;
  }

  /**
   * Runs the preStop hook, ends the process, and kills it when the grace period is over. Each further call may shorten that
   * period.
   */
  async end(graceSeconds: number): Promise<void> {
    this.deadline = Math.min(this.deadline, Date.now() + graceSeconds * 1000);
    this.ending ??= this.endInTime();
    await this.ending;
  }

  private startInside(command: readonly string[]): Program {
    return new Program('nsenter', [
      `--target=${this.pid}`,
      ...words('--mount --uts --net --root --wd'),
      ...this.inEnvironment(),
      ...command,
    ]);
  }

  private async endInTime(): Promise<void> {
    const { program } = this;
    if (program === undefined) return;
    if (!program.hasEnded) await this.preStop();
    if (!program.hasEnded) program.signal('SIGTERM');
    await this.waitFor(() => program.hasEnded);
    await program.end();
  }

  private async preStop(): Promise<void> {
    const hook = mapAt(this.object, 'lifecycle', 'preStop');
    const command = textListAt(hook, 'exec', 'command');
    if (command.length > 0) {
      const program = this.startInside(command);
      await this.waitFor(() => program.hasEnded);
      await program.end();
    } else {
      const end = Date.now() + Number(at(hook, 'sleep', 'seconds') ?? 0) * 1000;
      await this.waitFor(() => Date.now() >= end);
    }
  }

  /** Waits until a condition holds, or the grace period is over. */
  private async waitFor(condition: () => boolean): Promise<void> {
    while (!condition() && Date.now() < this.deadline) await pause(50);
  }

  private inEnvironment(): string[] {
    const variables = Object.entries(this.environment).map(([name, value]) => `${name}=${value}`);
    return ['env', '--ignore-environment', ...variables];
  }

  private get user(): string {
    const [own, ofPod] = [
      mapAt(this.object, 'securityContext'),
      mapAt(this.place.pod.spec, 'securityContext'),
    ];
    const user = Number(own['runAsUser'] ?? ofPod['runAsUser'] ?? this.image.user ?? 65_534);
    return `${user}:${Number(own['runAsGroup'] ?? ofPod['runAsGroup'] ?? user)}`;
  }

  private command(): string[] {
    const [command, args] = [textListAt(this.object, 'command'), textListAt(this.object, 'args')];
    return [...(command.length > 0 ? command : this.image.entrypoint), ...args].map((word) =>
      expanded(word, this.environment),
    );
  }

  private inWorkingDirectory(): string[] {
    const folder = textAt(this.object, 'workingDir') ?? this.image.workingDirectory;
    return folder === undefined ? [] : ['/bin/sh', '-c', 'cd "$0" && exec "$@"', folder];
  }
}

function words(text: string): string[] {
  return text.split(' ');
}
