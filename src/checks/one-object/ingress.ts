import { nearestName, oneOf } from '../../diagnostics/expected.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { listAt, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { PATH_TYPES } from '../../kubernetes/choices.js';
import { isTemplated } from '../../kubernetes/replaced-later.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';

/** Checks that the API server accepts the paths of an Ingress. */
export function checkIngress(manifest: Manifest): Diagnostic[] {
  const found = new ObjectDiagnostics(manifest);
  if (textAt(manifest, 'apiVersion') !== 'networking.k8s.io/v1') return [];
  for (const [i, rule] of listAt(manifest, 'spec', 'rules').entries())
    for (const [j, { path, pathType }] of listAt(rule, 'http', 'paths').entries()) {
      const field = `spec.rules[${i}].http.paths[${j}]`;
      const type = pathType ?? undefined;
      if (isTemplated(type)) continue;
      if (typeof type !== 'string' || !PATH_TYPES.some((one) => one === type)) {
        const hint = typeof type === 'string' ? nearestName(type, PATH_TYPES) : 'add pathType: Prefix';
        found.wrongValue(`${field}.pathType`, oneOf(PATH_TYPES), type, hint);
      } else if (!isAbsolute(path, type) && !isTemplated(path))
        found.wrongValue(`${field}.path`, 'a path that begins with "/"', path ?? undefined);
    }
  return found.all;
}

/** ImplementationSpecific needs no path. */
function isAbsolute(path: unknown, type: string): boolean {
  if (path === undefined || path === null || path === '') return type === 'ImplementationSpecific';
  return typeof path === 'string' && path.startsWith('/');
}
