import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { at, mapAt, nameOf, type Manifest } from '../../kubernetes/manifest.js';
import { autoscalers, type Autoscaler } from './autoscaled.js';
import type { Wiring } from '../wiring/wiring.js';

/** Warns of a workload whose number of pods an autoscaler sets, and something else. */
export function checkScaledReplicas({ manifests }: Pick<Wiring, 'manifests'>): Diagnostic[] {
  const all = autoscalers(manifests);
  return all.length === 0 ? [] : [...replicasBeside(all, manifests), ...several(all)];
}

/** A number of pods beside an autoscaler. 0 is none: it pauses the autoscaler. */
function replicasBeside(all: readonly Autoscaler[], manifests: readonly Manifest[]): Diagnostic[] {
  const scaled = new Map(all.map((one) => [one.workload, one]));
  return manifests.flatMap((manifest): Diagnostic[] => {
    const object = nameOf(manifest);
    const scaler = scaled.get(object)?.scaler;
    const replicas = at(manifest, 'spec', 'replicas');
    if (scaler === undefined || typeof replicas !== 'number' || replicas === 0 || isLive(manifest)) return [];
    const message = `${scaler} sets the number of pods, and each apply sets it back to ${replicas}`;
    const hint = 'remove it (in a values file: replicas: null)';
    return [{ severity: 'warning', object, field: 'spec.replicas', message, hint }];
  });
}

/** Whether the cluster printed the object: its number of pods is that of the autoscaler. */
function isLive(manifest: Manifest): boolean {
  const metadata = mapAt(manifest, 'metadata');
  return ['uid', 'resourceVersion', 'managedFields'].some((field) => metadata[field] !== undefined);
}

/** Several HorizontalPodAutoscalers of one workload. KEDA makes one for each ScaledObject. @see validateAndParseSelector in pkg/controller/podautoscaler of Kubernetes */
function several(all: readonly Autoscaler[]): Diagnostic[] {
  const firsts = new Map<string, string>();
  return all.flatMap(({ scaler, workload }): Diagnostic[] => {
    if (!scaler.startsWith('HorizontalPodAutoscaler ')) return [];
    const first = firsts.get(workload);
    if (first === undefined) firsts.set(workload, scaler);
    if (first === undefined || first === scaler) return [];
    const message = `${first} scales ${workload}, too, and Kubernetes lets neither scale it`;
    const hint = 'remove one of the two';
    return [{ severity: 'warning', object: scaler, field: 'spec.scaleTargetRef', message, hint }];
  });
}
