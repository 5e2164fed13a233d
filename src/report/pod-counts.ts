import { at, nameOf, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';

/** The number of pods of each workload, by its name: `Deployment app/app-django`. */
export type PodCounts = ReadonlyMap<string, number>;

/** Kinds that make one pod if `replicas` is not set. */
const ONE_BY_DEFAULT = new Set<unknown>([
  'Pod',
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'Prometheus',
  'Alertmanager',
]);

/** Counts the pods of workloads; with an autoscaler, its maximum. DaemonSets have no count: it depends on the nodes. */
export function podCounts(manifests: readonly Manifest[]): PodCounts {
  const counts = new Map<string, number>();
  for (const manifest of manifests) {
    const replicas = at(manifest, 'spec', 'replicas');
    if (typeof replicas === 'number') counts.set(nameOf(manifest), replicas);
    else if (ONE_BY_DEFAULT.has(manifest['kind'])) counts.set(nameOf(manifest), 1);
  }
  for (const manifest of manifests) {
    const maximum = at(manifest, 'spec', 'maxReplicas');
    const target = at(manifest, 'spec', 'scaleTargetRef');
    if (manifest['kind'] === 'HorizontalPodAutoscaler' && typeof maximum === 'number')
      counts.set(
        `${textAt(target, 'kind') ?? ''} ${namespaceOf(manifest)}/${textAt(target, 'name') ?? ''}`,
        maximum,
      );
  }
  return counts;
}
