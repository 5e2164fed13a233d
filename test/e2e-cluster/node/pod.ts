import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { listAt, textAt } from '../../../src/kubernetes/manifest.js';
import { Container, type ContainerPlace } from './container.js';
import type { Image } from './image.js';
import type { PodFacts } from './pod-facts.js';
import { endedStatus, podStatus } from './pod-status.js';
import { Readiness } from './probe.js';
import { Volume } from './volume.js';

/** What a pod needs from its node. */
export interface PodHost {
  readonly folder: string;
  readonly hosts: string;
  readonly apiServer: Readonly<Record<string, string>>;
  /** The image of a container; undefined if this node has no such image. */
  image(name: string): Image | undefined;
  addNetwork(namespace: string, address: string): void;
  removeNetwork(namespace: string): void;
  report(pod: PodFacts, status: object): Promise<void>;
  /** Keeps a problem for the messages of tests. */
  note(problem: unknown): void;
}

/** A pod whose containers run as processes. */
export class Pod {
  readonly initContainers: Container[] = [];
  readonly containers: Container[] = [];
  private readonly volumes: Volume[] = [];
  private isEnding = false;
  private isRemoved = false;

  constructor(
    readonly facts: PodFacts,
    private readonly host: PodHost,
  ) {}

  /** The container of a name, of those that have been started; the first one but for init containers if no name is given. */
  container(name?: string): Container {
    const all = name === undefined ? this.containers : [...this.initContainers, ...this.containers];
    const found = all.find((container) => name === undefined || container.name === name);
    if (found === undefined) throw new Error(`${this.facts.name} has no running container ${name ?? ''}`);
    return found;
  }

  /** What its containers wrote, those that ran before the others included. */
  get log(): string {
    return [...this.initContainers, ...this.containers].map(({ log }) => log).join('\n');
  }

  /** Runs until the pod is ended. */
  async run(): Promise<void> {
    this.host.addNetwork(this.network, this.facts.address);
    const place = await this.untilDone(() => this.place());
    if (place === undefined) return;
    for (const object of listAt(this.facts.spec, 'initContainers')) {
      const container = new Container(object, this.imageOf(textAt(object, 'image')), place);
      this.initContainers.push(container);
      do await this.untilDone(() => container.start());
      while (!(await endsWell(container)) && !this.isEnding);
      if (this.isEnding) return;
    }
    for (const object of listAt(this.facts.spec, 'containers')) {
      const container = new Container(object, this.imageOf(textAt(object, 'image')), place);
      this.containers.push(container);
    }
    await (this.facts.isOfJob ? this.runToTheEnd() : this.watchContainers());
  }

  /** Reads the files of a ConfigMap or Secret again, if the pod mounts it. */
  async refresh(resource: 'configmaps' | 'secrets', namespace: string, name: string): Promise<void> {
    if (namespace !== this.facts.namespace || this.isEnding) return;
    await Promise.all(
      this.volumes.filter((volume) => volume.isFrom(resource, name)).map((volume) => volume.refresh()),
    );
  }

  /** Ends the containers, and removes the pod's network and files. Each further call may shorten the grace period. */
  async end(graceSeconds: number): Promise<void> {
    this.isEnding = true;
    const all = [...this.initContainers, ...this.containers];
    await Promise.all(all.map((container) => container.end(graceSeconds)));
    if (this.isRemoved) return;
    this.isRemoved = true;
    this.host.removeNetwork(this.network);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs the containers of a job, whose pods do not restart. */
  private async runToTheEnd(): Promise<void> {
    for (const container of this.containers) await container.start();
    await this.host.report(
      this.facts,
      podStatus(this.facts, () => true),
    );
    const done = await Promise.all(this.containers.map(endsWell));
    if (!this.isEnding) await this.host.report(this.facts, endedStatus(this.facts, done.every(Boolean)));
  }

  /** Restarts containers that ended, and reports when they become ready or stop being so. */
  private async watchContainers(): Promise<void> {
    let before: string | undefined;
    const readiness = this.containers.map((container) => new Readiness(container, this.facts.address));
    while (!this.isEnding) {
      for (const container of this.containers)
        if (container.hasEnded) await this.untilDone(() => container.start());
      const ready: boolean[] = [];
      for (const one of readiness) ready.push(await one.isReady());
      const status = podStatus(this.facts, (i) => ready[i] === true);
      if (!this.isEnding && JSON.stringify(ready) !== before)
        await this.untilDone(() => this.host.report(this.facts, status));
      before = JSON.stringify(ready);
      await pause(500);
    }
  }

  /** Does a step again until it succeeds or the pod ends, as a kubelet does. */
  private async untilDone<T>(step: () => Promise<T>): Promise<T | undefined> {
    while (!this.isEnding) {
      try {
        return await step();
      } catch (error) {
        this.host.note(error);
        await pause(1000);
      }
    }
    return undefined;
  }

  private async place(): Promise<ContainerPlace> {
    const { facts: pod, host } = this;
    this.volumes.length = 0;
    for (const [i, volume] of listAt(pod.spec, 'volumes').entries())
      this.volumes.push(await Volume.make(volume, pod, path.join(this.folder, `volumes/${i}`)));
    // The node has not told it of changes before now.
    await Promise.all(this.volumes.map((volume) => volume.refresh()));
    mkdirSync(this.folder, { recursive: true });
    const { hosts, apiServer } = host;
    const { folder, volumes, network: networkNamespace } = this;
    return { pod, networkNamespace, folder, volumes, hosts, apiServer };
  }

  private imageOf(name = ''): Image {
    const image = this.host.image(name);
    if (image === undefined) throw new Error(`this node has no image ${name}`);
    return image;
  }

  private get folder(): string {
    return path.join(this.host.folder, this.network);
  }

  private get network(): string {
    return `pod-${this.facts.address}`;
  }
}

async function endsWell(container: Container): Promise<boolean> {
  return (await container.exitCode) === 0;
}
