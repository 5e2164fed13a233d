import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { valueAt } from '../diagnostics/field-path.js';
import { specDiagnostics } from '../kubernetes-shapes/spec-shapes.js';
import { formatField } from '../kubernetes/field-path.js';
import { isMap, type Manifest } from '../kubernetes/manifest.js';
import { isPlaceholder, isTemplated } from '../kubernetes/replaced-later.js';
import { ObjectDiagnostics } from './object-diagnostics.js';

/**
 * Reports values of a wrong type in Kubernetes' own objects, such as `replicas: "3"`, and warns of mistyped fields, such as
 * `targetport`: `kubectl apply` refuses both.
 */
export function checkSpecShape(manifest: Manifest): Diagnostic[] {
  const found = new ObjectDiagnostics(manifest);
  for (const { severity, path, message, hint } of specDiagnostics(manifest)) {
    const field = formatField(path);
    const value = valueAt(manifest, path) ?? undefined; // null is no value
    if (severity === 'warning') found.unwise(field, message, hint);
    else if (value !== undefined && !isTemplate(value)) found.refused(field, message, hint);
  }
  return found.all;
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
