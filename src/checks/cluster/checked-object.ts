import { identity } from '../../kubernetes/identity.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import { monitorOf, type Monitor } from './monitor.js';
import { serviceOf, type Service } from './service.js';
import { workloadsOf, type Workload } from './workload.js';

/** An object with the parts that several checks need. Each object is read once for all checks. */
export interface CheckedObject {
  readonly manifest: Manifest;
  /** Identifies the object to the API server; undefined if it has no name. */
  readonly identity: string | undefined;
  /** None if the object runs no pods. */
  readonly workloads: readonly Workload[];
  /** Set if the object is a Service. */
  readonly service: Service | undefined;
  /** Set if the object is a ServiceMonitor or PodMonitor. */
  readonly monitor: Monitor | undefined;
}

export function checkedObject(manifest: Manifest): CheckedObject {
  return {
    manifest,
    identity: identity(manifest),
    workloads: workloadsOf(manifest),
    service: serviceOf(manifest),
    monitor: monitorOf(manifest),
  };
}
