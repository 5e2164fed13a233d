/** The fewest and the most pods of an application, without those that a rollout adds. */
export interface PodNumbers {
  readonly fewest: number;
  /** Undefined if another scaler sets the number. */
  readonly most?: number;
}

/** The keys that set the number of pods. */
export interface Scaled {
  readonly replicas: number | null;
  readonly autoscaling: { readonly minReplicas: number; readonly maxReplicas: number } | undefined;
}

/** The numbers that `replicas` or `autoscaling` allow. */
export function podNumbers({ replicas, autoscaling }: Scaled): PodNumbers {
  if (autoscaling !== undefined) return { fewest: autoscaling.minReplicas, most: autoscaling.maxReplicas };
  // Another scaler may remove all pods.
  return replicas === null ? { fewest: 0 } : { fewest: replicas, most: replicas };
}

/** Whether there may be more than one pod. */
export function maybeSeveral({ most = 2 }: PodNumbers): boolean {
  return most > 1;
}
