import { DELIVERY_KEYS, type ResolvedDelivery } from '../delivery/delivery-keys.js';
import { resolveKeys } from '../schema/object-of-keys.js';
import { didYouMean, knownAre } from '../diagnostics/expected.js';
import { unknownNames, type SetValue } from './set-values.js';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { defaultsProblems, withoutKind } from './problems/defaults-problems.js';
import { DefaultsUse } from './problems/defaults-use.js';
import { ownNotes } from './problems/document-notes.js';
import { documentProblems } from './problems/document-problems.js';
import { DocumentsTogether } from './problems/documents-together.js';
import { specOf } from './problems/check-environment-values.js';
import {
  FolderDefaults,
  isDefaults,
  isDefaultsFile,
  isStream,
  lacksKind,
} from './document/folder-defaults.js';
import { InheritedDiagnostics } from './problems/inherited-diagnostics.js';
import { DEFAULT_KIND, type Kind, type SpecOfKind } from './kinds.js';
import { isMap } from '../kubernetes/manifest.js';
import { entriesRemovedInVain } from './problems/removed-entries.js';
import type { Source } from './files/sources.js';
import { readAgain, ValuesSource } from './problems/values-source.js';
import { inDocument, isWanted, problemsOfEach } from './problems/unreadable-file.js';
import { readDocument } from './document/values-document.js';
import type { EnvironmentValues } from './document/environment-values.js';
import { parseYaml } from '../yaml/yaml-document.js';

/** The valid values of a document in one environment. */
export interface Values<K extends Kind = Kind> {
  readonly kind: K;
  readonly spec: SpecOfKind[K];
  /** Undefined if the document has no environments. */
  readonly environment?: string | undefined;
  /** How Argo CD or Flux deploys it, if set. */
  readonly delivery?: ResolvedDelivery;
  /** Some problems show only in the finished objects. */
  readonly source: ValuesSource;
}

/** The part of the values that a run reads. */
export interface Selection {
  /** Only these environments. @default - all */
  readonly environments?: readonly string[] | undefined;
  /** Values to put over those of the files. @default - none */
  readonly sets?: readonly SetValue[] | undefined;
}

export interface ParsedValues {
  readonly values: Values[];
  readonly problems: Diagnostic[];
  /** Diagnostics of severity note. */
  readonly notes: Diagnostic[];
}

/** Parses all documents of all values files: returns their values, or all problems, in the order of the files. */
export function parseValues(
  sources: readonly Source[],
  { environments, sets = [] }: Selection = {},
): ParsedValues {
  const values: Values[] = [];
  const problems: Diagnostic[] = [];
  const notes: Diagnostic[] = [];
  const known = new Set<string>();
  const unused = new Set(sets);
  const defaults = new FolderDefaults(sources);
  const around = { sets, defaults };
  const inherited = new InheritedDiagnostics();
  const inheritedNotes = new InheritedDiagnostics();
  const used = new DefaultsUse(defaults);
  const together = new DocumentsTogether();
  for (const source of sources) {
    const { file, text, isAbove = false } = source;
    const { documents, problems: unreadable } = defaults.documentsOf(source) ?? parseYaml(file, text);
    problems.push(
      ...inOrder(unreadable.length > 0 ? problemsOfEach(source, unreadable, around, environments) : []),
    );
    if (unreadable.length > 0) used.addUnread();
    if (documents.length === 0 && unreadable.length === 0) {
      if (!isDefaultsFile(file)) problems.push(emptyFile(file));
      else if (!isAbove) used.addEmpty(file);
    }
    const found = documents.flatMap((yaml, index): Diagnostic[] => {
      if (isDefaults(yaml)) {
        const wrong = defaultsProblems(yaml, defaults);
        for (const problem of wrong) inherited.markReported(problem);
        return [...yaml.repeatedKeys, ...wrong];
      }
      if (lacksKind(yaml)) return [withoutKind(yaml)];
      if (isAbove) return [];
      const read = readDocument(yaml, around);
      const asWhole = [...yaml.repeatedKeys, ...read.problems.map((problem) => inDocument(problem, yaml))];
      used.addDocument();
      if (asWhole.length > 0) used.addUnread();
      if (read.document === undefined) return asWhole;
      const { kind, environments: all } = read.document;
      if (kind === DEFAULT_KIND) used.add(file, all);
      for (const { environment } of all) if (environment !== undefined) known.add(environment);
      const wanted = all.filter(({ environment }) => isWanted(environment, environments));
      for (const environmentValues of wanted) for (const set of environmentValues.sets) unused.delete(set);
      const chosen = wanted.map((one) => {
        const { environment } = one;
        const again = hasUserObjects(one) ? () => one : readAgain({ source, index, environment }, around);
        return { one, again };
      });
      for (const { one, again } of chosen) together.addName(kind, one, again);
      if (kind === DEFAULT_KIND && defaults.areUnreadable(file)) return asWhole;
      const application = () => ({
        name: all[0]?.name,
        place: { file, line: yaml.positionOf(['name']).line },
      });
      const wrong = [
        ...documentProblems(read.document, wanted),
        ...entriesRemovedInVain(read.document, wanted),
      ];
      const ownProblems = inherited.keep(wrong, application);
      if (asWhole.length > 0 || wrong.length > 0) return [...asWhole, ...ownProblems];
      const whole = { isWhole: wanted.length === all.length };
      for (const { one, again } of chosen) {
        values.push({ source: new ValuesSource(whole, again), ...valuesOf(kind, one) });
        together.addValues(kind, one, again);
      }
      notes.push(...inheritedNotes.keep(ownNotes(kind, wanted), application));
      together.addDocument(read.document, wanted);
      return [];
    });
    problems.push(...inOrder(found));
  }
  problems.push(...inherited.all);
  const found = together.check();
  problems.push(...found.problems);
  notes.push(...inheritedNotes.all, ...used.warnings, ...found.notes);
  // A file with problems may contain the environment.
  if (problems.length === 0)
    problems.push(
      ...used.problems,
      ...unknownEnvironments(environments ?? [], [...known]),
      ...unknownNames([...unused], together.names),
    );
  return { values, notes, problems };
}

/** It may have lost its text: then the manifests of its application would be removed. */
function emptyFile(file: string): Diagnostic {
  const orDelete = isStream(file) ? '' : ', or delete the file';
  return errorAt(
    { file },
    'empty',
    `describe an application, at least its name, image and workers${orDelete}`,
  );
}

/** Sorts the problems of a file by their places. */
function inOrder(problems: readonly Diagnostic[]): Diagnostic[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function valuesOf(kind: Kind, values: EnvironmentValues): Omit<Values, 'source'> {
  const { environment } = values;
  const { delivery } = values.value;
  return {
    kind,
    environment,
    spec: specOf(kind, values),
    ...(isMap(delivery) && { delivery: resolveKeys(DELIVERY_KEYS, delivery, { environment }) }),
  };
}

/** Keys whose problems show in the finished objects. */
function hasUserObjects({ value }: EnvironmentValues): boolean {
  return value['objects'] !== undefined || value['patches'] !== undefined;
}

function unknownEnvironments(wanted: readonly string[], known: readonly string[]): Diagnostic[] {
  const all = known.length === 0 ? 'none has environments' : knownAre(known);
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) =>
      errorAt(
        { field: '--environment' },
        `${JSON.stringify(name)} is not in any values file`,
        `${all}${didYouMean(name, known)}`,
      ),
    );
}
