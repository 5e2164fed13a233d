import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { shapeDiagnostics } from '../kubernetes-shapes/check-shape.js';
import { resolved } from '../kubernetes-shapes/shapes.js';
import { shapeOfSpec } from '../kubernetes-shapes/spec-shapes.js';
import { isMap, type Manifest } from '../kubernetes/manifest.js';
import { pointerKeys, type Patch } from './patch.js';

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
    return judge(target, pointerKeys(operation.path), operation.value, [...path, 'json', i, 'value']);
  });
}

/** @param field the path of the value in the manifest @param path where the user wrote the value */
function judge(
  manifest: Manifest,
  [first, ...field]: string[],
  value: unknown,
  path: FieldPath,
): FieldDiagnostic[] {
  let schema = shapeOfSpec(manifest);
  if (schema === undefined || first !== 'spec' || value === undefined || value === null) return [];
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
