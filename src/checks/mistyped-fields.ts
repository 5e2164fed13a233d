import { formatPath } from '../diagnostics/field-path.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { mistypedFields } from '../kubernetes-shapes/spec-shapes.js';
import type { Manifest } from '../kubernetes/manifest.js';
import { ObjectDiagnostics } from './object-diagnostics.js';

/** Warns of mistyped fields in Kubernetes' own objects, such as `targetport`: `kubectl apply` refuses them. */
export function checkMistypedFields(manifest: Manifest): Diagnostic[] {
  const found = new ObjectDiagnostics(manifest);
  for (const { path, message, hint } of mistypedFields(manifest))
    found.unwise(formatPath(path), message, hint);
  return found.all;
}
