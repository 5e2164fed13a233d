import { at, listAt, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { eventually } from '../../e2e/cluster/eventually.js';
import type { Api } from './api.js';

/** The ready pods of a namespace, as a watch tells of them. */
export class ReadyPods {
  private readonly names = new Set<string>();
  private readonly watch: { end(): void };
  private least = Infinity;

  constructor(
    private readonly api: Api,
    private readonly namespace: string,
  ) {
    this.watch = api.watch('/api/v1/pods', (event, pod) => {
      if (textAt(pod, 'metadata', 'namespace') !== namespace) return;
      const name = textAt(pod, 'metadata', 'name') ?? '';
      if (event !== 'DELETED' && isReady(pod)) this.names.add(name);
      else this.names.delete(name);
      this.least = Math.min(this.least, this.names.size);
    });
  }

  /** Their names. A pod that ends is not ready. */
  get ready(): string[] {
    return [...this.names].toSorted();
  }

  /** The fewest at the same time, since they were forgotten. */
  get fewest(): number {
    return this.least;
  }

  /** Waits until the watch has told of all that the API server has. @returns their names */
  async upToDate(): Promise<string[]> {
    return eventually(async () => {
      const live = await this.api.list(`/api/v1/namespaces/${this.namespace}/pods`);
      const names = live.filter(isReady).map((pod) => textAt(pod, 'metadata', 'name') ?? '');
      expect(this.ready).toEqual(names.toSorted());
      return names.toSorted();
    });
  }

  forgetFewest(): void {
    this.least = this.names.size;
  }

  end(): void {
    this.watch.end();
  }
}

function isReady(pod: Manifest): boolean {
  return (
    at(pod, 'metadata', 'deletionTimestamp') === undefined &&
    listAt(pod, 'status', 'conditions').some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}
