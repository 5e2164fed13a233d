import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { shapeDiagnostics } from '../kubernetes-shapes/check-shape.js';
import { resolved, shapeSchema, type ShapeSchema } from '../kubernetes-shapes/shapes.js';
import { isMap, type Manifest } from '../kubernetes/manifest.js';
import type { Patch } from './patch.js';

/** The shapes of `spec`, by API version and kind. */
const SPECS: Readonly<Record<string, string>> = {
  'apps/v1 Deployment': 'DeploymentSpec',
  'autoscaling/v2 HorizontalPodAutoscaler': 'HorizontalPodAutoscalerSpecV2',
  'batch/v1 CronJob': 'CronJobSpec',
  'batch/v1 Job': 'JobSpec',
  'networking.k8s.io/v1 Ingress': 'IngressSpec',
  'networking.k8s.io/v1 NetworkPolicy': 'NetworkPolicySpec',
  'policy/v1 PodDisruptionBudget': 'PodDisruptionBudgetSpec',
  'v1 PersistentVolumeClaim': 'PersistentVolumeClaimSpec',
  'v1 Pod': 'PodSpec',
  'v1 Service': 'ServiceSpec',
};

/** Wrong types and mistyped fields in the `spec` of an object of the user. */
export function judgeSpec(manifest: Manifest, path: FieldPath): FieldDiagnostic[] {
  return judge(manifest, ['spec'], manifest['spec'], [...path, 'spec']);
}

/** Wrong types and mistyped fields in a patch. */
export function judgePatchShape(
  target: Manifest,
  { merge, json = [] }: Patch,
  path: FieldPath,
): FieldDiagnostic[] {
  if (merge !== undefined) return judge(target, ['spec'], merge['spec'], [...path, 'merge', 'spec']);
  return json.flatMap((operation, i) => {
    if (operation.op !== 'add' && operation.op !== 'replace') return [];
    const field = operation.path
      .split('/')
      .slice(1)
      .map((word) => word.replaceAll('~1', '/').replaceAll('~0', '~'));
    return judge(target, field, operation.value, [...path, 'json', i, 'value']);
  });
}

/** @param field the path of the value in the manifest @param path where the user wrote the value */
function judge(
  manifest: Manifest,
  [first, ...field]: string[],
  value: unknown,
  path: FieldPath,
): FieldDiagnostic[] {
  const shape = SPECS[`${String(manifest['apiVersion'])} ${String(manifest['kind'])}`];
  if (shape === undefined || first !== 'spec' || value === undefined || value === null) return [];
  let schema: ShapeSchema | undefined = shapeSchema(shape);
  for (const [i, key] of field.entries()) {
    const { properties, items, additionalProperties } = resolved(schema);
    if (properties !== undefined && !Object.hasOwn(properties, key)) {
      const whole = inMaps(field.slice(i), value);
      const inPath = (found: FieldDiagnostic): FieldDiagnostic => ({
        ...found,
        path: [...path.slice(0, -1), 'path'],
        inKey: false,
      });
      return shapeDiagnostics(schema, whole, [], ANY_VERSION).map(inPath);
    }
    schema = properties?.[key] ?? items ?? (additionalProperties || undefined);
    if (schema === undefined) return [];
  }
  return shapeDiagnostics(schema, value, path, ANY_VERSION);
}

const ANY_VERSION = { isPartial: true, isOfAnyVersion: true };

function inMaps(keys: readonly string[], value: unknown): unknown {
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), isMap(value) ? {} : value);
}
