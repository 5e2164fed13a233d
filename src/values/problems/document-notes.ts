import { type Diagnostic, type FieldDiagnostic, placed } from '../../diagnostics/diagnostic.js';
import { specOf } from './check-environment-values.js';
import { documentProblems, type DocumentProblem } from './document-problems.js';
import type { EnvironmentValues } from '../document/environment-values.js';
import { KINDS, type Kind, type PropsOfKind } from '../kinds.js';
import type { ReferencesIn } from './references.js';
import type { ValuesDocument } from '../document/values-document.js';

// Notes on a document whose values are valid, and its problems and notes together with other documents.

/** A document to check after all are read, with its selected environments. */
export interface Referring {
  readonly document: ValuesDocument;
  readonly wanted: readonly EnvironmentValues[];
}

/** Whether documents of a kind are checked together with others. */
export function looksAround(kind: Kind): boolean {
  const { problemsBeside, notesBeside } = KINDS[kind];
  return problemsBeside !== undefined || notesBeside !== undefined;
}

/** Problems of a document together with the others of each of its environments. */
export function problemsBeside<K extends Kind>(
  { document, wanted }: Referring,
  kind: K,
  referencesIn: ReferencesIn,
): Diagnostic[] {
  const { problemsBeside } = KINDS[kind];
  if (problemsBeside === undefined) return [];
  return documentProblems(document, wanted, (values) =>
    problemsBeside(specOf(kind, values), referencesIn(values.environment)),
  ).map(({ problem }) => problem);
}

/** Notes on a document by itself. */
export function ownNotes<K extends Kind>(kind: K, wanted: readonly EnvironmentValues[]): DocumentProblem[] {
  const { notes } = KINDS[kind];
  return notesOn(wanted, (values) => notes(specOf(kind, values), values.props as unknown as PropsOfKind[K]));
}

/** Notes on a document together with the others of each of its environments. */
export function notesBeside<K extends Kind>(
  { wanted }: Referring,
  kind: K,
  referencesIn: ReferencesIn,
): Diagnostic[] {
  const { notesBeside } = KINDS[kind];
  if (notesBeside === undefined) return [];
  return notesOn(wanted, (values) => notesBeside(specOf(kind, values), referencesIn(values.environment))).map(
    ({ problem }) => problem,
  );
}

/** Notes on a document in each environment, with their places. The same note in several environments appears once. */
function notesOn(
  wanted: readonly EnvironmentValues[],
  notesOf: (values: EnvironmentValues) => readonly FieldDiagnostic[],
): DocumentProblem[] {
  const notes = wanted.flatMap((values) =>
    notesOf(values).map((note) => ({
      problem: placed({ severity: 'note', ...note }, values.placeOf(note.path, note.inKey)),
      isInherited: values.isInherited(note.path),
    })),
  );
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}
