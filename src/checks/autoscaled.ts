import { at, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';

const AUTOSCALERS = new Set<unknown>(['HorizontalPodAutoscaler', 'ScaledObject']);

/** Returns the workloads that an autoscaler scales: `Deployment app/app-django`. It ignores their `replicas`. */
export function autoscaled(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set(
    manifests
      .filter(({ kind }) => AUTOSCALERS.has(kind))
      .map((scaler) => {
        const target = at(scaler, 'spec', 'scaleTargetRef');
        // KEDA's default kind is Deployment
        return `${textAt(target, 'kind') ?? 'Deployment'} ${namespaceOf(scaler)}/${textAt(target, 'name') ?? '?'}`;
      }),
  );
}
