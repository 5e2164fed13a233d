import { scalarText } from '../diagnostics/scalar-text.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { Manifest } from '../kubernetes/manifest.js';
import { shapeDiagnostics } from './check-shape.js';
import { shapeSchema, type ShapeSchema } from './shapes.js';

/** The shapes of `spec`, by API version and kind. */
const SPECS = new Map([
  ['apps/v1 DaemonSet', 'DaemonSetSpec'],
  ['apps/v1 Deployment', 'DeploymentSpec'],
  ['apps/v1 ReplicaSet', 'ReplicaSetSpec'],
  ['apps/v1 StatefulSet', 'StatefulSetSpec'],
  ['autoscaling/v2 HorizontalPodAutoscaler', 'HorizontalPodAutoscalerSpecV2'],
  ['batch/v1 CronJob', 'CronJobSpec'],
  ['batch/v1 Job', 'JobSpec'],
  ['networking.k8s.io/v1 Ingress', 'IngressSpec'],
  ['networking.k8s.io/v1 NetworkPolicy', 'NetworkPolicySpec'],
  ['policy/v1 PodDisruptionBudget', 'PodDisruptionBudgetSpec'],
  ['v1 PersistentVolumeClaim', 'PersistentVolumeClaimSpec'],
  ['v1 Pod', 'PodSpec'],
  ['v1 Service', 'ServiceSpec'],
]);

/** The shape of the `spec` of an object; undefined for kinds without a known one. */
export function shapeOfSpec({ apiVersion, kind }: Manifest): ShapeSchema | undefined {
  const shape = SPECS.get(`${scalarText(apiVersion)} ${scalarText(kind)}`);
  return shape === undefined ? undefined : shapeSchema(shape);
}

/**
 * Wrong types, missing fields and numbers out of range in `spec`, and warnings of fields that are near misses of Kubernetes'
 * own: `kubectl apply` refuses all of them.
 */
export function specDiagnostics(manifest: Manifest): FieldDiagnostic[] {
  const schema = shapeOfSpec(manifest);
  if (schema === undefined) return [];
  return shapeDiagnostics(schema, manifest['spec'] ?? {}, ['spec'], { isOfAnyVersion: true });
}
