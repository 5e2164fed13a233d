import { setTimeout as pause } from 'node:timers/promises';
import { at, listAt, textAt, textListAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { eventually } from '../../e2e/cluster/eventually.js';
import type { Api } from './api.js';
import { askPage, type Answer } from './get-page.js';

/** Milliseconds between an answer and the next request. */
const USUAL = 50;

/** Pages that are asked for at the same time, each again and again. One takes long: a pod that ends has it in work. */
const PAGES = ['/', '/', '/slow/?seconds=7'];

/** kube-proxy writes its rules at most once a second (`minSyncPeriod`). Until then it uses the earlier addresses. */
const LOOK = 1000;

/**
 * Milliseconds after the deletion of a pod within which each request must be answered. The `preStop` hook waits 5 seconds until
 * no client uses the address any more. On a busy machine that takes longer, and no pod can answer the requests that come later.
 */
const PROMISED = 3000;

/**
 * A client of a Service that retries nothing. There is no kube-proxy: it connects to the ready addresses of the Service's
 * EndpointSlices, each request to the next one, and looks at them once a second.
 */
export class ServiceClient {
  /** @param between milliseconds between an answer and the next request */
  static async start(api: Api, namespace: string, service: string, between = USUAL): Promise<ServiceClient> {
    const client = new ServiceClient(
      api,
      between,
      `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io/service-name%3D${service}`,
    );
    await eventually(async () => {
      await client.look();
      if (client.addresses.length === 0) throw new Error(`no pod of the Service ${service} is ready`);
    });
    client.watch = api.watch(`/api/v1/namespaces/${namespace}/pods`, (_, pod) => client.noteDeletion(pod));
    client.work.push(client.follow(), ...PAGES.map((page) => client.send(page)));
    return client;
  }

  /** Number of requests that were answered, or not. */
  done = 0;
  /** Requests without an answer, or with the status of a server's error. */
  private readonly failed: (Answer & { readonly address: string; readonly page: string })[] = [];
  private addresses: readonly string[] = [];
  private next = 0;
  /** When the pod with an address was deleted. */
  private readonly deleted = new Map<string, number>();
  private readonly ended = new AbortController();
  private readonly work: Promise<void>[] = [];
  private watch: { end(): void } | undefined;

  private constructor(
    private readonly api: Api,
    private readonly between: number,
    private readonly slices: string,
  ) {}

  /** Each failed request, but for those that reached a deleted pod later than promised. */
  get lost(): string[] {
    return this.failed
      .filter(({ address, connected }) => connected < (this.deleted.get(address) ?? Infinity) + PROMISED)
      .map(
        ({ address, page, status, connected }) =>
          `${new Date(connected).toISOString()} ${address} ${page}: ${status ?? 'no answer'}`,
      );
  }

  /** Sends no more requests, and waits for the answers. */
  async end(): Promise<void> {
    this.ended.abort();
    await Promise.all(this.work);
    this.watch?.end();
  }

  private async follow(): Promise<void> {
    while (!this.ended.signal.aborted) {
      await pause(LOOK);
      // It keeps the earlier addresses while it has no new ones, as kube-proxy does.
      await this.look().catch(() => undefined);
    }
  }

  private async send(page: string): Promise<void> {
    while (!this.ended.signal.aborted) {
      const address = this.addresses[this.next++ % this.addresses.length] ?? 'no address';
      const answer = await askPage(address, page);
      this.done += 1;
      if (answer.status !== 200) this.failed.push({ ...answer, address, page });
      await pause(this.between);
    }
  }

  private async look(): Promise<void> {
    const slices = await this.api.list(this.slices);
    this.addresses = slices
      .filter((slice) => listAt(slice, 'ports').some(({ name }) => name === 'http'))
      .flatMap((slice) => listAt(slice, 'endpoints'))
      .filter((endpoint) => at(endpoint, 'conditions', 'ready') === true)
      .flatMap((endpoint) => textListAt(endpoint, 'addresses'));
  }

  /** A deleted pod has the time at which its grace period is over. */
  private noteDeletion(pod: Manifest): void {
    const over = Date.parse(textAt(pod, 'metadata', 'deletionTimestamp') ?? '');
    const address = textAt(pod, 'status', 'podIP');
    if (Number.isNaN(over) || address === undefined || this.deleted.has(address)) return;
    this.deleted.set(address, over - Number(at(pod, 'metadata', 'deletionGracePeriodSeconds')) * 1000);
  }
}
