import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { specOf } from './check-environment-values.js';
import { looksAround, notesBeside, problemsBeside, type Referring } from './document-notes.js';
import { documentProblems } from './document-problems.js';
import { duplicateNames, nameIn, namesBesideEnvironments, type Named } from './duplicate-names.js';
import type { EnvironmentValues } from '../document/environment-values.js';
import type { Kind } from '../kinds.js';
import { referencesAmong, type SpecInEnvironment } from './references.js';
import { sharedJobLabels, targetsIn, type AppTargets } from './shared-job-label.js';
import { selectorIn, sharedSelectors, type AppSelector } from './shared-selectors.js';
import type { ReadAgain } from './values-source.js';
import type { ValuesDocument } from '../document/values-document.js';

/** The documents of a run, and the problems and notes that they have together. */
export class DocumentsTogether {
  private readonly named: Named[] = [];
  private readonly specs: SpecInEnvironment[] = [];
  private readonly targets: AppTargets[] = [];
  private readonly selectors: AppSelector[] = [];
  private readonly referring: Referring[] = [];

  /** Adds the name of a document in an environment. @param again reads its values again, for their places */
  addName(kind: Kind, values: EnvironmentValues, again: ReadAgain): void {
    this.named.push(...nameIn(kind, values, again));
  }

  /** Adds the valid values of a document in an environment. @param again reads them again, for their places */
  addValues(kind: Kind, values: EnvironmentValues, again: ReadAgain): void {
    const { environment } = values;
    this.specs.push({ kind, environment, spec: specOf(kind, values) });
    if (kind !== 'WorkerApp') return;
    const spec = specOf(kind, values);
    this.targets.push(...targetsIn(spec, environment, again));
    this.selectors.push(selectorIn(spec, environment, again));
  }

  /** Adds a document whose values are valid in the environments of the run. */
  addDocument(document: ValuesDocument, wanted: readonly EnvironmentValues[]): void {
    this.specs.push(...unwantedInAny(document, wanted));
    // Keep only the values: there may be thousands of applications.
    if (looksAround(document.kind)) this.referring.push({ document, wanted });
  }

  /** The names of all documents. */
  get names(): string[] {
    return [...new Set(this.named.map(({ name }) => name))];
  }

  /** The problems and notes of the documents that were added. */
  check(): { readonly problems: readonly Diagnostic[]; readonly notes: readonly Diagnostic[] } {
    const referencesIn = referencesAmong(this.specs);
    const mixedUp = sharedSelectors(this.selectors);
    const isError = ({ severity }: Diagnostic) => severity === 'error';
    return {
      problems: [
        ...duplicateNames(this.named),
        ...sharedJobLabels(this.targets),
        ...mixedUp.filter(isError),
        ...this.referring.flatMap((one) => problemsBeside(one, one.document.kind, referencesIn)),
      ],
      notes: [
        ...namesBesideEnvironments(this.named),
        ...mixedUp.filter((one) => !isError(one)),
        ...this.referring.flatMap((one) => notesBeside(one, one.document.kind, referencesIn)),
      ],
    };
  }
}

/** The values of a document without environments, in a run for some environments: others may refer to it. */
function unwantedInAny(document: ValuesDocument, wanted: readonly EnvironmentValues[]): SpecInEnvironment[] {
  const { kind } = document;
  const left = document.environments.filter(
    (values) => values.environment === undefined && !wanted.includes(values),
  );
  return documentProblems(document, left).length > 0
    ? []
    : left.map((values) => ({ kind, spec: specOf(kind, values) }));
}
