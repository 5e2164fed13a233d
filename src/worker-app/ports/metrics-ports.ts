import { expected } from '../../diagnostics/expected.js';
import { UNPRIVILEGED_PORT, wholeNumber, type WholeNumberRange } from '../../kubernetes/whole-number.js';

/** Worker processes in one pod; each has a port in three objects, so that hundreds would serve nobody. */
export const WORKERS: WholeNumberRange = { min: 1, max: 100 };

/** The port on which a worker process serves its own metrics, or one process those of all workers. */
export interface MetricsPort {
  /** Number of the worker, from 1; none where the port is all workers'. */
  readonly worker?: number;
  /** `metrics-1`, …, or `metrics`: the same in the container, the Service and the monitor. */
  readonly name: string;
  /** TCP port in the container. */
  readonly number: number;
}

/** The metrics ports of one pod: one a worker, in a row from the start port on, or one for all. */
export class MetricsPorts implements Iterable<MetricsPort> {
  /**
   * A port for each worker.
   *
   * @param workers worker processes in a pod, 1 to 100
   * @param startPort port of the first worker, 1024 or above (the container is not root), such that all fit below 65536
   * @throws RangeError when there are no such ports
   */
  static forWorkers(workers: number, startPort: number): MetricsPorts {
    insist('workers', WORKERS, workers);
    insist('startPort', UNPRIVILEGED_PORT, startPort);
    const end = startPort + workers - 1;
    if (end > UNPRIVILEGED_PORT.max) {
      throw new RangeError(beyondLastPort(workers, startPort, UNPRIVILEGED_PORT.max - workers + 1));
    }
    return new MetricsPorts(
      Array.from({ length: workers }, (_, i) => ({
        worker: i + 1,
        name: `metrics-${i + 1}`,
        number: startPort + i,
      })),
    );
  }

  /**
   * One port, `metrics`, for the metrics of all workers.
   *
   * @throws RangeError when it is no port from 1024 on
   */
  static shared(port: number): MetricsPorts {
    insist('port', UNPRIVILEGED_PORT, port);
    return new MetricsPorts([{ name: 'metrics', number: port }]);
  }

  private constructor(private readonly ports: readonly MetricsPort[]) {}

  get count(): number {
    return this.ports.length;
  }

  /** An expression for their names: also for those of pods that have more of them, or fewer. */
  get names(): string {
    return this.ports.some(({ worker }) => worker === undefined) ? 'metrics' : 'metrics-[0-9]+';
  }

  /** An expression for the names of these ports alone. */
  get ownNames(): string {
    return this.ports.map(({ name }) => name).join('|');
  }

  /** The first port. */
  get start(): number {
    return this.ports[0]?.number ?? 0;
  }

  /** The last port. */
  get end(): number {
    return this.start + this.count - 1;
  }

  covers(port: number): boolean {
    return port >= this.start && port <= this.end;
  }

  map<T>(each: (port: MetricsPort) => T): T[] {
    return this.ports.map((port) => each(port));
  }

  [Symbol.iterator](): Iterator<MetricsPort> {
    return this.ports[Symbol.iterator]();
  }

  /** `5001-5005` */
  toString(): string {
    return this.count === 1 ? String(this.start) : `${this.start}-${this.end}`;
  }
}

/** @param highest the highest start port to advise */
export function beyondLastPort(workers: number, startPort: number, highest: number): string {
  const range = `${startPort}-${startPort + workers - 1}`;
  return (
    `${workers} workers from port ${startPort} need ports ${range}, beyond ${UNPRIVILEGED_PORT.max}; ` +
    `lower metrics.startPort to ${highest} or below`
  );
}

function insist(name: string, rule: WholeNumberRange, value: number): void {
  if (!Number.isInteger(value) || value < rule.min || value > rule.max) {
    throw new RangeError(`${name}: ${expected(wholeNumber(rule), value)}`);
  }
}
