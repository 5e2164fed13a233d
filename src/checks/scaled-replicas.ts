import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { at, mapAt, nameOf, type Manifest } from '../kubernetes/manifest.js';
import { autoscaled } from './autoscaled.js';
import type { Wiring } from './wiring.js';

/** Warns of a number of pods beside an autoscaler. 0 is none: it pauses the autoscaler. */
export function checkScaledReplicas({ manifests }: Pick<Wiring, 'manifests'>): Diagnostic[] {
  const scaled = autoscaled(manifests);
  if (scaled.size === 0) return [];
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
