import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at, listAt, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { WatchEvent } from '../cluster/api.js';
import type { ControlPlane } from '../cluster/control-plane.js';
import { headlessNames } from './headless-names.js';
import type { Image } from './image.js';
import { PodFacts } from './pod-facts.js';
import { Pod, type PodHost } from './pod.js';
import { endedStatus, podStatus } from './pod-status.js';

const NODE = 'node-1';

/** Patterns of image names, each with its image. */
export type Images = readonly (readonly [pattern: RegExp, image: Image])[];

/**
 * A node without containers: it takes every pod. Pods whose images it has run as processes; it calls all others ready,
 * or done if they belong to a Job.
 */
export class Node {
  static async start(plane: ControlPlane, images: Images): Promise<Node> {
    await plane.api.create('/api/v1/nodes', { metadata: { name: NODE } });
    const status = {
      capacity: { cpu: '64', memory: '512Gi', pods: '1000' },
      conditions: [{ type: 'Ready', status: 'True', reason: 'Test', message: 'a node of the test' }],
    };
    await plane.api.merge(`/api/v1/nodes/${NODE}/status`, { status });
    const node = new Node(plane, images);
    node.watch();
    return node;
  }

  /** Problems with pods, for messages of tests. */
  readonly problems: string[] = [];
  private readonly running = new Map<string, Pod>();
  private readonly known = new Map<string, PodFacts>();
  private readonly slices = new Map<string, Manifest>();
  private readonly ending = new Map<string, Promise<void>>();
  private readonly watches: { end(): void }[] = [];
  private readonly hosts: string;
  private hasEnded = false;

  private constructor(
    private readonly plane: ControlPlane,
    private readonly images: Images,
  ) {
    this.hosts = path.join(plane.folder, 'hosts');
    this.writeHosts();
  }

  /** The running pod of a name. */
  pod(namespace: string, name: string): Pod {
    const found = [...this.running.values()].find(
      ({ facts }) => facts.namespace === namespace && facts.name === name,
    );
    if (found === undefined) throw new Error(`no pod ${namespace}/${name} runs on the node`);
    return found;
  }

  /** The running pods of a namespace. */
  podsOf(namespace: string): Pod[] {
    return [...this.running.values()].filter(({ facts }) => facts.namespace === namespace);
  }

  /** Ends all pods at once, also those that have been given time. */
  async end(): Promise<void> {
    this.hasEnded = true;
    for (const watch of this.watches) watch.end();
    await Promise.all([...this.running.values()].map((pod) => pod.end(0)));
    await Promise.all(this.ending.values());
  }

  private watch(): void {
    const { api } = this.plane;
    this.watches.push(api.watch('/api/v1/pods', (event, pod) => this.follow(event, pod)));
    const watchSlice = (event: WatchEvent, slice: Manifest) => {
      const id = textAt(slice, 'metadata', 'uid') ?? '';
      if (event === 'DELETED') this.slices.delete(id);
      else this.slices.set(id, slice);
      this.writeHosts();
    };
    this.watches.push(api.watch('/apis/discovery.k8s.io/v1/endpointslices', watchSlice));
    for (const resource of ['configmaps', 'secrets'] as const) {
      const tell = (_: WatchEvent, { metadata }: Manifest) => {
        const [namespace = '', name = ''] = [textAt(metadata, 'namespace'), textAt(metadata, 'name')];
        for (const pod of this.running.values()) this.attempt(pod.refresh(resource, namespace, name));
      };
      this.watches.push(api.watch(`/api/v1/${resource}`, tell));
    }
  }

  private follow(event: WatchEvent, object: Manifest): void {
    const id = textAt(object, 'metadata', 'uid') ?? '';
    const known = this.known.get(id);
    if (event === 'DELETED') {
      this.known.delete(id);
      // It was removed by force.
      if (!this.ending.has(id)) this.ending.set(id, this.attempt(this.stop(id, object)));
    } else if (textAt(object, 'metadata', 'deletionTimestamp') !== undefined) {
      if (known !== undefined && !this.ending.has(id))
        this.ending.set(id, this.attempt(this.remove(id, object)));
    } else if (known === undefined && listAt(object, 'spec', 'schedulingGates').length === 0) {
      const { network } = this.plane;
      const facts = new PodFacts(this.plane.api, object, network.podAddress(), network.host);
      this.known.set(id, facts);
      void this.attempt(this.take(id, facts));
    }
  }

  private async take(id: string, facts: PodFacts): Promise<void> {
    const target = { apiVersion: 'v1', kind: 'Node', name: NODE };
    await this.plane.api.create(`${facts.path}/binding`, { metadata: { name: facts.name }, target });
    if (this.hasEnded || this.ending.has(id)) return;
    const images = ['initContainers', 'containers'].flatMap((field) =>
      listAt(facts.spec, field).map((container) => textAt(container, 'image') ?? ''),
    );
    if (images.some((image) => this.image(image) === undefined)) {
      const status = facts.isOfJob ? endedStatus(facts, true) : podStatus(facts, () => true);
      await this.report(facts, status);
      return;
    }
    const pod = new Pod(facts, this.podHost());
    this.running.set(id, pod);
    await pod.run();
  }

  private async stop(id: string, object: Manifest): Promise<void> {
    const grace = Number(at(object, 'metadata', 'deletionGracePeriodSeconds') ?? 30);
    await this.running.get(id)?.end(grace);
    this.running.delete(id);
  }

  private async remove(id: string, object: Manifest): Promise<void> {
    await this.stop(id, object);
    const facts = this.known.get(id);
    if (facts !== undefined) await this.plane.api.delete(`${facts.path}?gracePeriodSeconds=0`);
  }

  private podHost(): PodHost {
    const { network, folder } = this.plane;
    const pods = path.join(folder, 'pods');
    mkdirSync(pods, { recursive: true });
    return {
      folder: pods,
      hosts: this.hosts,
      apiServer: this.plane.environment,
      image: (name) => this.image(name),
      addNetwork: (namespace, address) => network.addPod(namespace, address),
      removeNetwork: (namespace) => network.removePod(namespace),
      report: (pod, status) => this.report(pod, status),
      note: (problem) => this.problems.push(String(problem)),
    };
  }

  private image(name: string): Image | undefined {
    return this.images.find(([pattern]) => pattern.test(name))?.[1];
  }

  private async report(pod: PodFacts, status: object): Promise<void> {
    await this.plane.api.merge(`${pod.path}/status`, { status });
  }

  /** There is no DNS server: pods have the names in a file. It is written in place, as pods have it mounted. */
  private writeHosts(): void {
    writeFileSync(this.hosts, ['127.0.0.1 localhost', ...headlessNames(this.slices.values()), ''].join('\n'));
  }

  /** Keeps the error of something that no test waits for. */
  private async attempt(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.problems.push(String(error));
    }
  }
}
