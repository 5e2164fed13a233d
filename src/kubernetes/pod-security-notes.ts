import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { textAt, type Manifest } from './manifest.js';
import type { Violation } from './security-context.js';

/** Label of a Namespace: the level of Pod Security that it enforces. */
const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** The level that a namespace enforces, if its Namespace is among the objects and says so. */
export function enforcedLevel(objects: readonly Manifest[], namespace: string): string | undefined {
  const own = objects.find(
    ({ kind, metadata }) => kind === 'Namespace' && textAt(metadata, 'name') === namespace,
  );
  return textAt(own, 'metadata', 'labels', ENFORCE);
}

/** A note about a field, unless the namespace accepts it. @param enforced the level that the namespace enforces, if it is known */
export function podSecurityNote(
  { message, level }: Violation,
  path: FieldPath,
  enforced: string | undefined,
): FieldDiagnostic[] {
  if (enforced === 'privileged' || enforced === level) return [];
  return [
    {
      severity: 'note',
      path,
      message: `${message}: a namespace that enforces Pod Security 'restricted' refuses the pods`,
      hint: `remove it, or label that namespace ${ENFORCE}: ${level}`,
    },
  ];
}
