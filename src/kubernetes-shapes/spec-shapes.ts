import { scalarText } from '../diagnostics/scalar-text.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { isMap, type Manifest } from '../kubernetes/manifest.js';
import { shapeDiagnostics } from './check-shape.js';
import { shapeSchema, type ShapeSchema } from './shapes.js';

/** The shapes of `spec`, by API version and kind. */
const SPECS = new Map([
  ['apps/v1 Deployment', 'DeploymentSpec'],
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

/** The fields in `spec` that are near misses of Kubernetes' own: `kubectl apply` refuses them. */
export function mistypedFields(manifest: Manifest): FieldDiagnostic[] {
  const { spec } = manifest;
  const schema = isMap(spec) ? shapeOfSpec(manifest) : undefined;
  if (schema === undefined) return [];
  const found = shapeDiagnostics(schema, spec, ['spec'], { isPartial: true, isOfAnyVersion: true });
  return found.filter(({ severity }) => severity === 'warning');
}
