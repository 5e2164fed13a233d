import { expected } from '../problems/expected.js';
import { UNPRIVILEGED_PORT, wholeNumber, type WholeNumberRule } from '../kubernetes/whole-number.js';

/** Worker processes in one pod; each has a port in three objects, so that hundreds would serve nobody. */
export const WORKERS: WholeNumberRule = { min: 1, max: 100 };

/** The port on which one worker process serves its own metrics. */
export interface MetricsPort {
  /** Number of the worker, from 1. */
  readonly worker: number;
  /** `metrics-1`, …: the same in the container, the Service and the monitor. */
  readonly name: string;
  /** TCP port in the container. */
  readonly number: number;
}

/** The metrics ports of the workers of one pod: worker i of N has the i-th port from the start port on. */
export class MetricsPorts implements Iterable<MetricsPort> {
  /**
   * @param workers worker processes in a pod, 1 to 100
   * @param startPort port of the first worker, 1024 or above (the container is not root), such that all fit below 65536
   * @throws RangeError when there are no such ports
   */
  static forWorkers(workers: number, startPort: number): MetricsPorts {
    insist('workers', WORKERS, workers);
    insist('startPort', UNPRIVILEGED_PORT, startPort);
    const end = startPort + workers - 1;
    if (end > UNPRIVILEGED_PORT.max) {
      throw new RangeError(
        `${workers} workers from port ${startPort} need ports ${startPort}-${end}, beyond ${UNPRIVILEGED_PORT.max}; ` +
          `lower metrics.startPort to ${UNPRIVILEGED_PORT.max - workers + 1} or below`,
      );
    }
    return new MetricsPorts(workers, startPort);
  }

  private constructor(
    readonly count: number,
    readonly start: number,
  ) {}

  /** The last port. */
  get end(): number {
    return this.start + this.count - 1;
  }

  covers(port: number): boolean {
    return port >= this.start && port <= this.end;
  }

  map<T>(each: (port: MetricsPort) => T): T[] {
    return Array.from(this, each);
  }

  *[Symbol.iterator](): Iterator<MetricsPort> {
    for (let worker = 1; worker <= this.count; worker++) {
      yield { worker, name: `metrics-${worker}`, number: this.start + worker - 1 };
    }
  }

  /** `5001-5005` */
  toString(): string {
    return this.count === 1 ? String(this.start) : `${this.start}-${this.end}`;
  }
}

function insist(name: string, rule: WholeNumberRule, value: number): void {
  if (!Number.isInteger(value) || value < rule.min || value > rule.max) {
    throw new RangeError(`${name}: ${expected(wholeNumber(rule), value)}`);
  }
}
