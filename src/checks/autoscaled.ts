import { at, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';

/** The field with the fewest pods, and its default, by kind. */
const AUTOSCALERS: ReadonlyMap<unknown, { readonly field: string; readonly default: number }> = new Map([
  ['HorizontalPodAutoscaler', { field: 'minReplicas', default: 1 }],
  ['ScaledObject', { field: 'minReplicaCount', default: 0 }],
]);

/**
 * The workloads that an autoscaler scales, `Deployment app/app-django`, with the fewest pods that they have; undefined if it
 * removes all of them. It ignores their `replicas`.
 */
export function autoscaled(manifests: readonly Manifest[]): ReadonlyMap<string, number | undefined> {
  return new Map(
    manifests.flatMap((scaler) => {
      const fewest = AUTOSCALERS.get(scaler['kind']);
      if (fewest === undefined) return [];
      const target = at(scaler, 'spec', 'scaleTargetRef');
      // KEDA's default kind is Deployment
      const object = `${textAt(target, 'kind') ?? 'Deployment'} ${namespaceOf(scaler)}/${textAt(target, 'name') ?? '?'}`;
      const given = at(scaler, 'spec', fewest.field);
      const count = given ?? fewest.default;
      return [[object, (typeof count === 'number' && count) || undefined]];
    }),
  );
}
