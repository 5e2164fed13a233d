import { formatPath, type FieldPath } from './field-path.js';
import { printable } from './printable.js';

/**
 * `error`: nothing is written, the cluster does not use the object, or a port is not scraped exactly once.
 * `warning`: it works but is unwise.
 * `note`: worth knowing.
 */
export type Severity = 'error' | 'warning' | 'note';

/** The place of a diagnostic: in a file, in an object, or both. */
export interface Place {
  /** The file, as the user named it. */
  readonly file?: string | undefined;
  /** All files that contain the object, if there are several; `file` is the first. */
  readonly files?: readonly string[] | undefined;
  /** Line in the file, from 1. */
  readonly line?: number | undefined;
  /** Column in the line, from 1. */
  readonly column?: number | undefined;
  /** Column after the value or key; undefined if it ends on another line. */
  readonly endColumn?: number | undefined;
  /** The object: `Service app/app-django`. */
  readonly object?: string | undefined;
  /** The field: `metrics.startPort`, `spec.ports[2].targetPort`; or the option of a command: `--environment`. */
  readonly field?: string | undefined;
}

/** One thing that the user should know about a file or an object. */
export interface Diagnostic extends Place {
  readonly severity: Severity;
  /** The problem, the value, and the values that are allowed. */
  readonly message: string;
  /** The fix. Texts for people contain it after the message. */
  readonly hint?: string | undefined;
  /** Set if the cluster does not use the object. Then nothing that depends on the object works. */
  readonly rejectedBy?: 'API server' | 'operator' | undefined;
  /** The object that the field refers to, if the reference is wrong: `ConfigMap app/settings`. */
  readonly refersTo?: string | undefined;
}

/** The text of a diagnostic. */
export type Message = Pick<Diagnostic, 'message' | 'hint'>;

/** A diagnostic about a value. It has the path in the value, but not the file. */
export interface FieldDiagnostic extends Message {
  /** The field, from the outside in: `['metrics', 'startPort']`. */
  readonly path: FieldPath;
  /** Whether it is about the name of the field instead of its value. @default false */
  readonly inKey?: boolean;
  /** @default 'error' */
  readonly severity?: Severity;
  /** For an unknown key that is like no other: the keys of the map, which `hint` lists. */
  readonly known?: readonly string[] | undefined;
}

/** An error at a place. */
export function errorAt(place: Place, message: string, hint?: string): Diagnostic {
  return { severity: 'error', ...place, message, ...(hint !== undefined && { hint }) };
}

/** A warning at a place. */
export function warningAt(place: Place, message: string, hint?: string): Diagnostic {
  return { severity: 'warning', ...place, message, ...(hint !== undefined && { hint }) };
}

/** A diagnostic about a value, at the place where the value is written. */
export function placed(
  { path, severity = 'error', message, hint }: FieldDiagnostic,
  place: Place,
): Diagnostic {
  const field = place.field ?? formatPath(path);
  return {
    severity,
    ...place,
    ...(field !== '' && { field }),
    message,
    ...(hint !== undefined && { hint }),
  };
}

/** The diagnostic on one line: `values/app.yaml:7: workers: expected a whole number from 1 to 100, got 0` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { object, field } = diagnostic;
  return [formatFile(diagnostic), object, field, formatMessage(diagnostic)].filter(Boolean).join(': ');
}

/** The message with its hint. */
export function formatMessage({ message, hint }: Message): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}

/** `values/app.yaml:7`; the option if it is in no file */
export function formatPlace(place: Place): string {
  return place.file === undefined ? (place.field ?? '') : formatFile(place);
}

/** The file with its line; with the column, too, if no field tells where in the line. */
function formatFile({ file, files, line, column, field }: Place): string {
  if (file === undefined) return '';
  return [
    printable(files === undefined ? file : listed(files)),
    line,
    field === undefined ? column : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(':');
}

/** Most names of files before the message. More would hide the message. */
const MOST_FILES = 3;

function listed(files: readonly string[]): string {
  const more = files.length > MOST_FILES ? ` and ${files.length - MOST_FILES} more` : '';
  return files.slice(0, MOST_FILES).join(', ') + more;
}
