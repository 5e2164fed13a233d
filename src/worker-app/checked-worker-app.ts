import type { MetricsPorts } from './ports/metrics-ports.js';

/**
 * A WorkerApp whose props are checked, as others may see it. The types of its keys are zod's, which a CommonJS project of
 * cdk8s cannot resolve.
 */
export interface CheckedWorkerApp {
  readonly name: string;
  /** The metrics port of each worker. */
  readonly ports: MetricsPorts;
}
