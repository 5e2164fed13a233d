import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { isMap } from '../../kubernetes/manifest.js';

/**
 * Diagnostics about the pods of a process or job, at their places in the values. Those about keys that it inherits are left
 * out: the application has them, too.
 *
 * @param place where it is: `processes`, `worker`
 * @param own the values of the process or job itself
 */
export function ofEntry(
  place: FieldPath,
  own: object,
  diagnostics: readonly FieldDiagnostic[],
): FieldDiagnostic[] {
  return diagnostics
    .filter(({ path }) => isOwn(own as Readonly<Record<string, unknown>>, path))
    .map(({ path, ...rest }) => ({ path: [...place, ...path], ...rest }));
}

/** Whether a process or job sets a key itself; of maps by name, whether it has the entry itself. */
function isOwn(own: Readonly<Record<string, unknown>>, [key = '', entry]: FieldPath): boolean {
  if (!Object.hasOwn(own, key)) return false;
  const value = own[key];
  return !BY_NAME.has(String(key)) || entry === undefined || !isMap(value) || Object.hasOwn(value, entry);
}

/** Maps whose entries may be those of the application. */
const BY_NAME = new Set(['env', 'files', 'initContainers', 'sidecars', 'volumes']);
