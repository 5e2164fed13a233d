import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { valueAt } from '../../diagnostics/field-path.js';
import { formatField } from '../../kubernetes/field-path.js';
import { at, type Manifest } from '../../kubernetes/manifest.js';
import { isTemplated } from '../../kubernetes/replaced-later.js';
import { updateStrategyProblems } from '../../kubernetes/update-strategy.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import { isKubernetesWorkload } from '../cluster/pod-templates.js';

/** Checks that the API server accepts how an object replaces its pods. */
export function checkUpdateStrategy(manifest: Manifest): Diagnostic[] {
  if (!isKubernetesWorkload(manifest)) return [];
  const kind = String(manifest['kind']);
  const field = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
  const found = new ObjectDiagnostics(manifest);
  for (const { path, message, hint } of updateStrategyProblems(kind, at(manifest, 'spec', field))) {
    const whole = ['spec', field, ...path];
    if (!isTemplated(valueAt(manifest, whole))) found.refused(formatField(whole), message, hint);
  }
  return found.all;
}
