import path from 'node:path';
import { type Diagnostic, errorAt, warningAt } from '../../diagnostics/diagnostic.js';
import { knownAre, mistypedName, nearestName } from '../../diagnostics/expected.js';
import { placeIn } from './defaults-problems.js';
import type { EnvironmentValues } from '../document/environment-values.js';
import { isStream, type DefaultsDocument, type FolderDefaults } from '../document/folder-defaults.js';
import { DEFAULTS } from '../kinds.js';
import { ENVIRONMENTS } from '../document/written-document.js';

/** Which applications of a run the Defaults hold for. */
export class DefaultsUse {
  private documents = 0;
  /** The environments of the applications below each document of Defaults. */
  private readonly below = new Map<DefaultsDocument, Set<string>>();

  /** Files of Defaults without a document. */
  private readonly empty: string[] = [];

  private areSomeUnread = false;

  constructor(private readonly defaults: FolderDefaults) {}

  /** Adds a file of Defaults without a document. */
  addEmpty(file: string): void {
    this.empty.push(file);
  }

  /** Counts a document that is not Defaults. */
  addDocument(): void {
    this.documents += 1;
  }

  /** Adds an application in a file. */
  add(file: string, environments: readonly EnvironmentValues[]): void {
    for (const document of this.defaults.above(file)) {
      const names = this.below.get(document) ?? new Set();
      for (const { environment } of environments) if (environment !== undefined) names.add(environment);
      this.below.set(document, names);
    }
  }

  /** Marks a document that cannot be read: it may be an application with other environments. */
  addUnread(): void {
    this.areSomeUnread = true;
  }

  /** A problem if there are Defaults, but no other document. */
  get problems(): Diagnostic[] {
    const [first] = [
      ...this.defaults.all.map(({ yaml }) => placeIn(yaml, ['kind'])),
      ...this.empty.map((file) => ({ file })),
    ];
    if (first === undefined || this.documents > 0) return [];
    const message = 'there is no application beside these Defaults';
    return [errorAt(first, message, 'name its file, or the folder of both')];
  }

  /** Warnings about Defaults, or environments in them, that set no values or hold for no application. */
  get warnings(): Diagnostic[] {
    return [
      ...this.empty.map(emptyFile),
      ...this.defaults.all
        .filter((document) => this.defaults.insteadOf(document) === undefined)
        .flatMap((document) => {
          const below = this.below.get(document);
          if (below === undefined) return this.unused(document);
          return isWithoutValues(document)
            ? [withoutValues(document)]
            : unknownEnvironments(document, below, !document.isPartlyRead && !this.areSomeUnread);
        }),
    ];
  }

  private unused({ yaml, isAbove }: DefaultsDocument): Diagnostic[] {
    // The user did not name it, or it is a problem.
    if (isAbove || this.documents === 0) return [];
    const where = isStream(yaml.file) ? 'beside them' : `in ${path.dirname(yaml.file)} or below`;
    const message = `no application is ${where}: these values have no effect`;
    return [warningAt(placeIn(yaml, ['kind']), message)];
  }
}

function isWithoutValues({ base, environments, isAbove }: DefaultsDocument): boolean {
  return (
    !isAbove && [base, ...(environments?.values() ?? [])].every((part) => Object.keys(part).length === 0)
  );
}

function withoutValues({ yaml }: DefaultsDocument): Diagnostic {
  const hint = `write values for ${forWhich(yaml.file)}, or remove this document`;
  return warningAt(placeIn(yaml, ['kind']), 'these Defaults set no values', hint);
}

function emptyFile(file: string): Diagnostic {
  const hint = `write kind: ${DEFAULTS} and values for ${forWhich(file)}, or delete this file`;
  return warningAt({ file }, 'empty; it sets no values', hint);
}

function forWhich(file: string): string {
  return isStream(file) ? 'the applications beside them' : 'all applications in this folder and below';
}

/**
 * Environments that no application below has. If there may be other applications, only those whose name is a
 * typing error.
 */
function unknownEnvironments(
  { yaml, environments }: DefaultsDocument,
  below: ReadonlySet<string>,
  areAllRead: boolean,
): Diagnostic[] {
  return [...(environments?.keys() ?? [])]
    .filter((name) => !below.has(name))
    .flatMap((name): Diagnostic[] => {
      if (!areAllRead && mistypedName(name, [...below]) === undefined) return [];
      const hint =
        nearestName(name, [...below]) ?? `${adviceOn([...below])}, or remove it: its values have no effect`;
      const message = 'no application below has this environment';
      return [warningAt(placeIn(yaml, [ENVIRONMENTS, name], true), message, hint)];
    });
}

function adviceOn(known: readonly string[]): string {
  return known.length > 0 ? knownAre(known) : 'add it to environments of an application';
}
