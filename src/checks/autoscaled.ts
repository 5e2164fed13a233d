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
      const target = scaleTargetOf(scaler);
      if (target === undefined) return [];
      const object = `${target.kind} ${namespaceOf(scaler)}/${target.name}`;
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

/** The object that an autoscaler scales; undefined for other objects. */
export function scaleTargetOf(
  scaler: Manifest,
): { readonly kind: string; readonly name: string } | undefined {
  if (!AUTOSCALERS.has(scaler['kind'])) return undefined;
  const target = at(scaler, 'spec', 'scaleTargetRef');
  const name = textAt(target, 'name');
  // KEDA's default kind is Deployment
  return name === undefined ? undefined : { kind: textAt(target, 'kind') ?? 'Deployment', name };
}
