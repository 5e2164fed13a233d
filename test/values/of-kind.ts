import { type FieldDiagnostic, formatMessage } from '../../src/diagnostics/diagnostic.js';
import { KINDS, type Kind, type SpecOfKind } from '../../src/values/kinds.js';

/** All problems of props of a kind. */
export function problemsOf(kind: Kind, props: unknown): readonly FieldDiagnostic[] {
  return KINDS[kind].check(props).problems ?? [];
}

/** The spec of valid props of a kind. */
export function specOf<K extends Kind>(kind: K, props: unknown): SpecOfKind[K] {
  const { app, problems } = KINDS[kind].check(props);
  if (problems !== undefined) throw new Error(problems.map(formatMessage).join('\n'));
  return app as SpecOfKind[K];
}

/** The notes on valid props of a kind, without others beside it. */
export function notesOf(kind: Kind, props: unknown): readonly string[] {
  const { notes, notesBeside } = KINDS[kind];
  const spec = specOf(kind, props) as never;
  const found = [...notes(spec, props as never), ...(notesBeside?.(spec, () => []) ?? [])];
  return found.map(formatMessage);
}
