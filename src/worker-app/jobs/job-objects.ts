import type { ApiObject } from 'cdk8s';

/** The objects of a cron job of a WorkerApp. */
export interface CronJobObjects {
  /** The CronJob. */
  readonly cronJob: ApiObject;
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
