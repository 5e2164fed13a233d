import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { valueAt, type FieldPath } from '../../diagnostics/field-path.js';
import { specDiagnostics } from '../../kubernetes-shapes/spec-shapes.js';
import { formatField } from '../../kubernetes/field-path.js';
import { isMap, type Manifest } from '../../kubernetes/manifest.js';
import { isPlaceholder, isTemplated } from '../../kubernetes/replaced-later.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';

/**
 * Reports values of a wrong type in Kubernetes' own objects, such as `replicas: "3"`, missing fields and numbers out of range,
 * and warns of mistyped fields, such as `targetport`: `kubectl apply` refuses all of them.
 */
export function checkSpecShape(manifest: Manifest): Diagnostic[] {
  const found = new ObjectDiagnostics(manifest);
  for (const { severity, path, message, hint } of specDiagnostics(manifest)) {
    const field = formatField(path);
    if (severity === 'warning') found.unwise(field, message, hint);
    else if (!isLeftOpen(manifest, path)) found.refused(field, message, hint);
  }
  return found.all;
}

/** Whether a template replaces a value or what is around it, or an item of a list is null, which is no value. */
function isLeftOpen(manifest: Manifest, path: FieldPath): boolean {
  const value = valueAt(manifest, path);
  if (value === null && typeof path.at(-1) === 'number') return true;
  return isTemplate(value) || (value === undefined && isTemplate(valueAt(manifest, path.slice(0, -1))));
}

/** Whether a template replaces a value: a placeholder, or a map with a placeholder as a key, in the place of a list. */
function isTemplate(value: unknown): boolean {
  if (!isMap(value)) return isPlaceholder(value);
  return Object.entries(value).some(([key, inner]) =>
    inner === '' ? isPlaceholder(key) : isTemplated(key) && !isName(key),
  );
}

/** Whether a key may be the name of a setting: `env: { DEBUG_MODE: 'no' }` in the place of a list. */
function isName(key: string): boolean {
  return /^\w+$/.test(key);
}
