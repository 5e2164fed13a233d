import { randomBytes } from 'node:crypto';
import { run } from '../../e2e/cluster/program.js';

/**
 * The network of one cluster: a bridge, on which each pod has an address. The API server listens at the bridge's own
 * address. The clusters of jest's workers run at the same time, each on a bridge of its own.
 */
export class ClusterNetwork {
  private readonly number = Number(process.env['JEST_WORKER_ID'] ?? 1);
  private pods = 0;

  constructor() {
    this.ip('link', 'add', 'name', this.bridge, 'type', 'bridge');
    this.ip('address', 'add', `${this.host}/16`, 'dev', this.bridge);
    this.ip('link', 'set', this.bridge, 'up');
  }

  get bridge(): string {
    return `pods${this.number}`;
  }

  /** Address of the control plane and of the node. */
  get host(): string {
    return `10.${100 + this.number}.0.1`;
  }

  /** Addresses of Services. Nothing routes them: there is no kube-proxy. */
  get services(): string {
    return `10.${200 + this.number}.0.0/16`;
  }

  /** An address that no pod had before. */
  podAddress(): string {
    this.pods += 1;
    return `10.${100 + this.number}.${1 + Math.floor(this.pods / 250)}.${1 + (this.pods % 250)}`;
  }

  /** Makes a network namespace with this address on the bridge. */
  addPod(namespace: string, address: string): void {
    const [device, inPod] = [newDevice(), ['-n', namespace]];
    this.ip('netns', 'add', namespace);
    this.ip('link', 'add', 'name', device, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
    this.ip('link', 'set', device, 'master', this.bridge, 'up');
    this.ip(...inPod, 'link', 'set', 'lo', 'up');
    this.ip(...inPod, 'address', 'add', `${address}/16`, 'dev', 'eth0');
    this.ip(...inPod, 'link', 'set', 'eth0', 'up');
  }

  removePod(namespace: string): void {
    this.ip('netns', 'delete', namespace);
  }

  end(): void {
    this.ip('link', 'delete', this.bridge);
  }

  private ip(...args: readonly string[]): void {
    run('ip', args);
  }
}

/** The kernel removes the devices of an ended network later: a name that was used before may still be taken. */
function newDevice(): string {
  return `pod${randomBytes(6).toString('hex')}`;
}
