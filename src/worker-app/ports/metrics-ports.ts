import { formatMessage, type Message } from '../../diagnostics/diagnostic.js';
import { expected } from '../../diagnostics/expected.js';
import {
  PORT,
  UNPRIVILEGED_PORT,
  wholeNumber,
  type WholeNumberRange,
} from '../../kubernetes/whole-number.js';

/** Allowed number of worker processes in one pod. Each has a port in three objects. */
export const WORKERS: WholeNumberRange = { min: 1, max: 100 };

/** A port on which one worker serves its own metrics, or one process serves the metrics of all workers. */
export interface MetricsPort {
  /** Number of the worker, from 1. Undefined if the port serves the metrics of all workers. */
  readonly worker?: number;
  /** `metrics-1`, …, or `metrics`, or the name of a port of the application. The same in the container, the Service and the monitor. */
  readonly name: string;
  /** TCP port in the container. */
  readonly number: number;
}

/** The metrics ports of one pod: consecutive ports, one for each worker, one port for all workers, or none. */
export class MetricsPorts implements Iterable<MetricsPort> {
  /**
   * A port for each worker.
   *
   * @param workers worker processes in a pod, 1 to 100
   * @param startPort port of the first worker, 1024 or above (the container does not run as root); the last port must be 65535 or below
   * @throws RangeError if a port is out of range
   */
  static forWorkers(workers: number, startPort: number): MetricsPorts {
    insist('workers', WORKERS, workers);
    insist('startPort', UNPRIVILEGED_PORT, startPort);
    const end = startPort + workers - 1;
    if (end > UNPRIVILEGED_PORT.max) {
      const problem = beyondLastPort(workers, startPort, UNPRIVILEGED_PORT.max - workers + 1);
      throw new RangeError(formatMessage(problem));
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
   * One port for the metrics of all workers.
   *
   * @throws RangeError if the port is not from 1 to 65535
   */
  static shared(port: number, name = 'metrics'): MetricsPorts {
    insist('port', PORT, port);
    return new MetricsPorts([{ name, number: port }]);
  }

  /** No port: nothing scrapes the pod. */
  static none(): MetricsPorts {
    return new MetricsPorts([]);
  }

  private constructor(private readonly ports: readonly MetricsPort[]) {}

  /** Number of ports. */
  get count(): number {
    return this.ports.length;
  }

  /** Regular expression for names of metrics ports, also of pods with more or fewer workers. */
  get names(): string {
    return this.isShared ? this.ownNames : 'metrics-[0-9]+';
  }

  /** Regular expression for the names of exactly these ports. */
  get ownNames(): string {
    return this.ports.map(({ name }) => name).join('|');
  }

  /** Number of the first port. */
  get start(): number {
    return this.ports[0]?.number ?? 0;
  }

  /** Number of the last port. */
  get end(): number {
    return this.start + this.count - 1;
  }

  /** Whether one port serves the metrics of all workers. */
  get isShared(): boolean {
    return this.ports.some(({ worker }) => worker === undefined);
  }

  /** The ports for which the condition holds. */
  filter(condition: (port: MetricsPort) => boolean): MetricsPorts {
    return new MetricsPorts(this.ports.filter(condition));
  }

  /** Whether a number is one of these ports. */
  covers(port: number): boolean {
    return port >= this.start && port <= this.end;
  }

  /** The result for each port, in their order. */
  map<T>(each: (port: MetricsPort) => T): T[] {
    return this.ports.map((port) => each(port));
  }

  /** The ports by their numbers. */
  [Symbol.iterator](): Iterator<MetricsPort> {
    return this.ports[Symbol.iterator]();
  }

  /** `5001-5005`, or `none` */
  toString(): string {
    if (this.count === 0) return 'none';
    return this.count === 1 ? String(this.start) : `${this.start}-${this.end}`;
  }
}

/** @param highest the highest start port to suggest */
export function beyondLastPort(workers: number, startPort: number, highest: number): Message {
  const range = `${startPort}-${startPort + workers - 1}`;
  return {
    message: `${workers} workers from port ${startPort} need ports ${range}, beyond ${UNPRIVILEGED_PORT.max}`,
    hint: `lower metrics.startPort to ${highest} or below`,
  };
}

function insist(name: string, range: WholeNumberRange, value: number): void {
  if (!Number.isInteger(value) || value < range.min || value > range.max) {
    throw new RangeError(`${name}: ${expected(wholeNumber(range), value)}`);
  }
}
