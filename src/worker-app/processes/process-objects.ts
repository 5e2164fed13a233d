import type { ApiObject } from 'cdk8s';

/** The objects of a process of a WorkerApp. */
export interface ProcessObjects {
  /** The Deployment of the process. */
  readonly deployment: ApiObject;
  /** The Service, with `ports`, or with `metrics` and a ServiceMonitor. */
  readonly service?: ApiObject | undefined;
  /** The ServiceMonitor or PodMonitor, with `metrics`. */
  readonly monitor?: ApiObject | undefined;
  /** The HorizontalPodAutoscaler, with `autoscaling`. */
  readonly autoscaler?: ApiObject | undefined;
  /** The PodDisruptionBudget, with more than one pod or `podDisruptionBudget`. */
  readonly disruptionBudget?: ApiObject | undefined;
  /** The ServiceAccount, with a `serviceAccount` of its own. */
  readonly serviceAccount?: ApiObject | undefined;
  /** The Role, with `rules` of its own `serviceAccount`. */
  readonly role?: ApiObject | undefined;
  /** The RoleBinding, with `rules` of its own `serviceAccount`. */
  readonly roleBinding?: ApiObject | undefined;
  /** The ConfigMap of the files, with `files` of its own. */
  readonly files?: ApiObject | undefined;
  /** The PersistentVolumeClaims of its own volumes, by the names of the volumes. */
  readonly claims: Readonly<Record<string, ApiObject>>;
}
