import { MetricsPorts } from './metrics-ports.js';
import type { ResolvedWorkerApp } from '../keys/index.js';

/**
 * The metrics ports of one pod: one for each worker, or one for their sums.
 * @throws RangeError when there are no such ports (see PORT_CONSTRAINTS)
 */
export function metricsPorts({
  workers,
  metrics,
}: Pick<ResolvedWorkerApp, 'workers' | 'metrics'>): MetricsPorts {
  return metrics.strategy === 'multiprocess'
    ? MetricsPorts.shared(metrics.startPort)
    : MetricsPorts.forWorkers(workers, metrics.startPort);
}
