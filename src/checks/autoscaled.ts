import { at, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';

const AUTOSCALERS = new Set<unknown>(['HorizontalPodAutoscaler', 'ScaledObject']);

/** The objects, as `Deployment app/app-django`, whose pods an autoscaler counts, whatever their `replicas` say. */
export function autoscaled(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set(
    manifests
      .filter(({ kind }) => AUTOSCALERS.has(kind))
      .map((scaler) => {
        const target = at(scaler, 'spec', 'scaleTargetRef');
        // KEDA takes a Deployment where no kind is given
        return `${textAt(target, 'kind') ?? 'Deployment'} ${namespaceOf(scaler)}/${textAt(target, 'name') ?? '?'}`;
      }),
  );
}
