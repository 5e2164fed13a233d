import { at, nameOf, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';

/** The field with the fewest pods, and its default, by kind. */
const AUTOSCALERS: ReadonlyMap<unknown, { readonly field: string; readonly default: number }> = new Map([
  ['HorizontalPodAutoscaler', { field: 'minReplicas', default: 1 }],
  ['ScaledObject', { field: 'minReplicaCount', default: 0 }],
]);

interface Autoscaled {
  /** `HorizontalPodAutoscaler app/app-django` */
  readonly scaler: string;
  /** The fewest pods; undefined if it removes all of them. */
  readonly fewest: number | undefined;
}

/** The workloads that an autoscaler scales, `Deployment app/app-django`. It ignores their `replicas`. */
export function autoscaled(manifests: readonly Manifest[]): ReadonlyMap<string, Autoscaled> {
  return new Map(
    manifests.flatMap((scaler) => {
      const fewest = AUTOSCALERS.get(scaler['kind']);
      if (fewest === undefined) return [];
      const target = at(scaler, 'spec', 'scaleTargetRef');
      // KEDA's default kind is Deployment
      const object = `${textAt(target, 'kind') ?? 'Deployment'} ${namespaceOf(scaler)}/${textAt(target, 'name') ?? '?'}`;
      const given = at(scaler, 'spec', fewest.field);
      const count = given ?? fewest.default;
      return [
        [
          object,
          { scaler: nameOf(scaler), fewest: (typeof count === 'number' && count) || undefined },
        ] as const,
      ];
    }),
  );
}
