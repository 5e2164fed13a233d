import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { inspectName } from '../diagnostics/expected.js';
import { isPassword } from '../diagnostics/plain-passwords.js';

type Variables = Readonly<Record<string, unknown>>;

/** Warns of variables with a password in plain text: it is in the values, in the manifests, and in git. */
export function secretNotes(env: Variables | null | undefined): FieldDiagnostic[] {
  return Object.entries(env ?? {}).flatMap(([name, value]) =>
    isPassword(name, value) ? [passwordIn(['env', name], name)] : [],
  );
}

/** The same for the list of variables of a Kubernetes container. */
export function secretNotesOfContainer(
  env: readonly Variables[] | null | undefined,
  path: FieldPath,
): FieldDiagnostic[] {
  return (env ?? []).flatMap(({ name, value }, i) =>
    typeof name === 'string' && isPassword(name, value)
      ? [passwordIn([...path, 'env', i, 'value'], name, 'valueFrom: { secretKeyRef: { name: …, key: … } }')]
      : [],
  );
}

function passwordIn(path: FieldPath, name: string, reference?: string): FieldDiagnostic {
  return {
    severity: 'warning',
    path,
    message: 'looks like a password, and is readable here and in the manifests',
    hint: `put it in a Secret, and write ${reference ?? `env: { ${inspectName(name)}: { secret: …, key: … } }`}`,
  };
}
