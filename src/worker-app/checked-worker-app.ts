import type { MetricsPorts } from './ports/metrics-ports.js';

/**
 * The public type of a checked WorkerApp. It does not contain zod's types, which a CommonJS project of cdk8s cannot
 * resolve.
 */
export interface CheckedWorkerApp {
  readonly name: string;
  /** The metrics port of each worker. */
  readonly ports: MetricsPorts;
}
