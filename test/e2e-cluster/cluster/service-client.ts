import { setTimeout as pause } from 'node:timers/promises';
import { at, listAt, textListAt } from '../../../src/kubernetes/manifest.js';
import type { Api } from './api.js';
import { getPage } from './get-page.js';

/** Milliseconds between two requests. */
const USUAL = 50;

/** Every so many requests one takes long: a pod that ends has some in work. */
const LONG = { every: 100, page: '/slow/?seconds=7' };

/** kube-proxy writes its rules at most once a second (`minSyncPeriod`). Until then it uses the earlier addresses. */
const LOOK = 1000;

/** On a busy machine it waits for newer addresses rather than use those of a pod that may have ended meanwhile. */
const OLDEST_LOOK = 2 * LOOK;

/**
 * A client of a Service that retries nothing. There is no kube-proxy: it connects to the ready addresses of the Service's
 * EndpointSlices, each request to the next one, and looks at them once a second.
 */
export class ServiceClient {
  /** @param between milliseconds between two requests */
  static async start(api: Api, namespace: string, service: string, between = USUAL): Promise<ServiceClient> {
    const client = new ServiceClient(
      api,
      between,
      `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io/service-name%3D${service}`,
    );
    await client.look();
    client.work.push(client.follow(), client.send());
    return client;
  }

  /** Number of requests that were answered, or lost. */
  done = 0;
  /** Each request without an answer, or with the status of a server's error. */
  readonly lost: string[] = [];
  private addresses: readonly string[] = [];
  private looked = 0;
  private readonly ended = new AbortController();
  private readonly work: Promise<void>[] = [];

  private constructor(
    private readonly api: Api,
    private readonly between: number,
    private readonly slices: string,
  ) {}

  /** Sends no more requests, and waits for the answers. */
  async end(): Promise<void> {
    this.ended.abort();
    await Promise.all(this.work);
  }

  private async follow(): Promise<void> {
    while (!this.ended.signal.aborted) {
      await pause(LOOK);
      await this.look();
    }
  }

  private async send(): Promise<void> {
    for (let sent = 1; !this.ended.signal.aborted; sent += 1) {
      if (Date.now() - this.looked > OLDEST_LOOK) await this.look();
      const address = this.addresses[sent % this.addresses.length] ?? 'no address';
      this.work.push(this.ask(address, sent % LONG.every === 0 ? LONG.page : '/'));
      await pause(this.between);
    }
  }

  private async ask(address: string, page: string): Promise<void> {
    const status = await getPage(address, page);
    this.done += 1;
    if (status !== 200)
      this.lost.push(`${new Date().toISOString()} ${address} ${page}: ${status ?? 'no answer'}`);
  }

  private async look(): Promise<void> {
    const now = Date.now();
    const slices = await this.api.list(this.slices);
    this.looked = now;
    this.addresses = slices
      .filter((slice) => listAt(slice, 'ports').some(({ name }) => name === 'http'))
      .flatMap((slice) => listAt(slice, 'endpoints'))
      .filter((endpoint) => at(endpoint, 'conditions', 'ready') === true)
      .flatMap((endpoint) => textListAt(endpoint, 'addresses'));
  }
}
