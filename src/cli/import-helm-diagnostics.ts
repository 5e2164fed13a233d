import { inspect } from '../diagnostics/expected.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Imported, NotCarried } from '../import-helm/import-helm.js';
import { intoASecret } from '../import-helm/import-warnings.js';

/** More names would hide the reason. */
const MOST_OBJECTS = 3;

/**
 * The diagnostics about an import: the losses by their cost, the warnings, and the differences on purpose.
 *
 * @param refused the errors of `synth` for the new values
 */
export function importDiagnostics(imported: Imported, refused: readonly Diagnostic[]): Diagnostic[] {
  return [
    ...refused.map((error): Diagnostic => ({
      ...error,
      severity: 'warning',
      message: `synth refuses this: ${error.message}`,
    })),
    ...imported.notCarried.map((left) => notCarried(imported.file, left)),
    ...lossDiagnostics(imported, 'warning'),
    ...imported.warnings,
    ...imported.cosmetic.map(({ objects, fields, reason }): Diagnostic => ({
      severity: 'note',
      object: objects.length > MOST_OBJECTS ? `${objects.length} objects` : objects.join(', '),
      ...(fields.length > 0 && { field: fields.join(', ') }),
      message: `cosmetic: ${reason}`,
    })),
  ];
}

/**
 * The errors with `--strict`. A Helm value that no known template reads may do anything.
 *
 * @param valuesFile the file that is not written
 */
export function strictErrors(
  imported: Imported,
  refused: readonly Diagnostic[],
  valuesFile: string,
): Diagnostic[] {
  const unread = imported.notCarried.map((left): Diagnostic => ({
    ...notCarried(imported.file, left),
    severity: 'error',
    hint: 'it may keep pods from running: import the output of helm template, which contains its effect',
  }));
  const ofSynth = refused.map((error): Diagnostic => {
    const message = `synth refuses its values: ${error.message}`;
    if (error.file !== valuesFile) return { ...error, message };
    const { line: _, column: __, ...others } = error;
    return { ...others, file: imported.file, message };
  });
  return [...unread, ...lossDiagnostics(imported, 'error'), ...ofSynth];
}

function lossDiagnostics({ losses }: Imported, severity: Diagnostic['severity']): Diagnostic[] {
  return losses.map(({ cost, place, message, hint }) => ({
    severity,
    ...place,
    message: `${cost}: ${message}`,
    ...(hint !== undefined && { hint }),
  }));
}

function notCarried(file: string, left: NotCarried): Diagnostic {
  const { line, field } = left;
  return { severity: 'warning', file, line, field, message: `not carried over: ${inWords(left)}` };
}

function inWords(left: NotCarried): string {
  if ('value' in left) return inspect(left.value);
  const { variable } = left;
  const advice = variable === undefined ? '' : `; ${intoASecret(variable)}`;
  return `a value that may be a secret (not shown)${advice}`;
}
