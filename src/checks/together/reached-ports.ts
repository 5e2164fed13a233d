import { isReplacedLater } from '../../kubernetes/replaced-later.js';
import type { Wiring } from '../wiring/wiring.js';
import type { ContainerPort, Workload } from '../cluster/workload.js';

interface PortOfWorkload {
  readonly workload: Workload;
  readonly port: Pick<ContainerPort, 'number'>;
}

/** The container ports that endpoints of monitors lead to. */
export class ReachedPorts {
  private readonly numbers = new Map<Workload, Set<unknown>>();
  /** How many other ports endpoints may lead to: Flux replaces a part of the path. */
  private readonly hidden = new Map<Workload, number>();

  constructor({ scrapes, undecided, unseen }: Pick<Wiring, 'scrapes' | 'undecided' | 'unseen'>) {
    for (const list of [scrapes, undecided])
      for (const { workload, container, port } of list) {
        const numbers = this.numbers.get(workload);
        if (numbers === undefined) this.numbers.set(workload, new Set([port.number]));
        else numbers.add(port.number);
        if (container === undefined && hasReplacedNumber(workload)) this.hide(workload);
      }
    for (const { workloads = [] } of unseen) for (const workload of workloads) this.hide(workload);
  }

  /** Returns the ports that no endpoint leads to. */
  lacking<Item extends PortOfWorkload>(wanted: readonly Item[]): Item[] {
    const left = wanted.filter(({ workload, port }) => !this.numbers.get(workload)?.has(port.number));
    if (this.hidden.size === 0) return left;
    const counts = new Map<Workload, number>();
    for (const { workload } of left) counts.set(workload, (counts.get(workload) ?? 0) + 1);
    return left.filter(({ workload }) => (counts.get(workload) ?? 0) > (this.hidden.get(workload) ?? 0));
  }

  private hide(workload: Workload): void {
    this.hidden.set(workload, (this.hidden.get(workload) ?? 0) + 1);
  }
}

function hasReplacedNumber({ containers }: Workload): boolean {
  return containers.some(({ ports }) => ports.some(({ number }) => isReplacedLater(number)));
}
