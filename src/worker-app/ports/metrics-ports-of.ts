import { MetricsPorts } from './metrics-ports.js';
import type { ResolvedWorkerApp } from '../keys/index.js';

/**
 * Returns the metrics ports of one pod: one for each worker, one for the sums of all workers, or none with `metrics: false`.
 * @throws RangeError if a port is out of range (see PORT_CONSTRAINTS)
 */
export function metricsPorts({
  workers,
  metrics,
}: Pick<ResolvedWorkerApp, 'workers' | 'metrics'>): MetricsPorts {
  if (metrics === false) return MetricsPorts.none();
  return metrics.strategy === 'multiprocess'
    ? MetricsPorts.shared(metrics.startPort)
    : MetricsPorts.forWorkers(workers, metrics.startPort);
}
