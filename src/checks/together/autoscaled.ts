import { at, nameOf, namespaceOf, textAt, type Manifest } from '../../kubernetes/manifest.js';

/** The field with the fewest pods, and its default, by kind. */
const AUTOSCALERS: ReadonlyMap<unknown, { readonly field: string; readonly default: number }> = new Map([
  ['HorizontalPodAutoscaler', { field: 'minReplicas', default: 1 }],
  ['ScaledObject', { field: 'minReplicaCount', default: 0 }],
]);

/** An autoscaler, and its workload. */
export interface Autoscaler {
  /** `HorizontalPodAutoscaler app/app-django` */
  readonly scaler: string;
  /** `Deployment app/app-django` */
  readonly workload: string;
  /** The fewest pods; undefined if it removes all of them. */
  readonly fewest: number | undefined;
}

export function autoscalers(manifests: readonly Manifest[]): readonly Autoscaler[] {
  return manifests.flatMap((manifest) => {
    const fewest = AUTOSCALERS.get(manifest['kind']);
    const target = scaleTargetOf(manifest);
    if (fewest === undefined || target === undefined) return [];
    const workload = `${target.kind} ${namespaceOf(manifest)}/${target.name}`;
    const count = at(manifest, 'spec', fewest.field) ?? fewest.default;
    const scaler = nameOf(manifest);
    return [{ scaler, workload, fewest: (typeof count === 'number' && count) || undefined }];
  });
}

/** The workloads that an autoscaler scales. It ignores their `replicas`. */
export function autoscaled(manifests: readonly Manifest[]): ReadonlyMap<string, Autoscaler> {
  return new Map(autoscalers(manifests).map((one) => [one.workload, one]));
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
