import { type Diagnostic, type FieldDiagnostic, placed } from '../../diagnostics/diagnostic.js';
import { parseEachDocument, type YamlDocument } from '../../yaml/yaml-document.js';
import { documentProblems } from './document-problems.js';
import { type FolderDefaults, isDefaults, lacksKind } from '../document/folder-defaults.js';
import type { Source } from '../files/sources.js';
import { readDocument, type AroundDocument } from '../document/values-document.js';

/**
 * The problems of a file that is not YAML as a whole: those that keep it from being read, and those of its documents that
 * can be read by themselves.
 *
 * @param unreadable the problems of the whole file
 * @param environments the environments to validate. Undefined for all
 */
export function problemsOfEach(
  { file, text, isAbove = false }: Source,
  unreadable: readonly Diagnostic[],
  around: AroundDocument & { readonly defaults: FolderDefaults },
  environments: readonly string[] | undefined,
): readonly Diagnostic[] {
  if (isAbove || around.defaults.areUnreadable(file)) return unreadable;
  const { documents, problems } = parseEachDocument(file, text);
  if (problems.length === 0) return unreadable;
  const others = documents.filter((yaml) => !isDefaults(yaml) && !lacksKind(yaml));
  return [...problems, ...others.flatMap((yaml) => problemsOf(yaml, around, environments))];
}

function problemsOf(
  yaml: YamlDocument,
  around: AroundDocument,
  environments: readonly string[] | undefined,
): Diagnostic[] {
  const { document, problems } = readDocument(yaml, around);
  const wanted = document?.environments.filter(({ environment }) => isWanted(environment, environments));
  const ofValues = document === undefined ? [] : documentProblems(document, wanted ?? []);
  return [
    ...yaml.repeatedKeys,
    ...problems.map((problem) => inDocument(problem, yaml)),
    ...ofValues.filter(({ isInherited }) => !isInherited).map(({ problem }) => problem),
  ];
}

/** Whether a run for some environments validates one of a document. */
export function isWanted(environment: string | undefined, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || (environment !== undefined && wanted.includes(environment));
}

/** A problem of a document with its place. */
export function inDocument(problem: FieldDiagnostic, document: YamlDocument): Diagnostic {
  const { file } = document;
  const position = document.positionOf(problem.path, problem.inKey);
  const isWhole = problem.path.length === 0;
  return placed(problem, { file, ...(isWhole ? { line: position.line } : position) });
}
