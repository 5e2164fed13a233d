import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { wrongApiVersion } from '../../kubernetes/api-versions.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import { wrongOperatorVersion } from '../../operator/api-versions.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';

/** Warns of kinds that an API group of Kubernetes or of the prometheus-operator does not have: the API server does not know the object. */
export function checkApiVersion(manifest: Manifest): Diagnostic[] {
  const { apiVersion, kind } = manifest;
  const wrong =
    typeof apiVersion === 'string' && typeof kind === 'string'
      ? (wrongApiVersion(apiVersion, kind) ?? wrongOperatorVersion(apiVersion, kind))
      : undefined;
  if (wrong === undefined) return [];
  const diagnostics = new ObjectDiagnostics(manifest);
  diagnostics.unwise('apiVersion', wrong.message, wrong.hint);
  return diagnostics.all;
}
