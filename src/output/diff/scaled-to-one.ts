import { shellWord } from '../../diagnostics/shell-word.js';
import { at, textAt, type Manifest } from '../../kubernetes/manifest.js';
import type { ChangeWarning } from './change-warning.js';

const SCALED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

/**
 * Warns that an apply removes `spec.replicas`, for which the API server then sets its default, 1.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
 */
export function scaledToOne(before: Manifest, after: Manifest): ChangeWarning[] {
  const kind = textAt(before, 'kind') ?? '';
  const replicas = at(before, 'spec', 'replicas');
  const isRemoved = at(after, 'spec', 'replicas') === undefined;
  if (!SCALED.has(kind) || !isRemoved || typeof replicas !== 'number' || replicas <= 1) return [];
  const name = textAt(before, 'metadata', 'name') ?? '';
  const namespace = textAt(before, 'metadata', 'namespace');
  const object = `${kind.toLowerCase()}.apps/${name}`;
  const command = ['kubectl', 'apply', 'edit-last-applied', object];
  if (namespace !== undefined) command.push('-n', namespace);
  const message = `a client-side kubectl apply sets the number of pods from ${replicas} to 1, once, until a scaler raises it`;
  const hint = `first remove replicas from the last applied configuration: ${command.map(shellWord).join(' ')}`;
  return [{ effect: 'scaled', message, hint }];
}
