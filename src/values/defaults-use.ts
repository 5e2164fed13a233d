import path from 'node:path';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { nearestName } from '../diagnostics/expected.js';
import { placeIn } from './defaults-problems.js';
import type { EnvironmentValues } from './environment-values.js';
import { isStream, type DefaultsDocument, type FolderDefaults } from './folder-defaults.js';
import { ENVIRONMENTS } from './written-document.js';

/** Which applications of a run the Defaults hold for. */
export class DefaultsUse {
  private documents = 0;
  /** The environments of the applications below each document of Defaults. */
  private readonly below = new Map<DefaultsDocument, Set<string>>();

  constructor(private readonly defaults: FolderDefaults) {}

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

  /** A problem if there are Defaults, but no other document. */
  get problems(): Diagnostic[] {
    const [first] = this.defaults.all;
    if (first === undefined || this.documents > 0) return [];
    const message = 'there is no application beside these Defaults';
    return [errorAt(placeIn(first.yaml, ['kind']), message, 'name its file, or the folder of both')];
  }

  /** Warnings about Defaults, or environments in them, that hold for no application. */
  get warnings(): Diagnostic[] {
    return this.defaults.all
      .filter((document) => this.defaults.insteadOf(document) === undefined)
      .flatMap((document) => {
        const below = this.below.get(document);
        return below === undefined ? this.unused(document) : misspelled(document, below);
      });
  }

  private unused({ yaml, isAbove }: DefaultsDocument): Diagnostic[] {
    // The user did not name it, or it is a problem.
    if (isAbove || this.documents === 0) return [];
    const where = isStream(yaml.file) ? 'beside them' : `in ${path.dirname(yaml.file)} or below`;
    const message = `no application is ${where}: these values have no effect`;
    return [{ severity: 'warning', ...placeIn(yaml, ['kind']), message }];
  }
}

/** Environments that no application below has, but one of a similar name. Others may be in files that are not read. */
function misspelled({ yaml, environments }: DefaultsDocument, below: ReadonlySet<string>): Diagnostic[] {
  return [...(environments?.keys() ?? [])]
    .filter((name) => !below.has(name))
    .flatMap((name): Diagnostic[] => {
      const hint = nearestName(name, [...below]);
      if (hint === undefined) return [];
      const message = 'no application below has this environment';
      return [{ severity: 'warning', ...placeIn(yaml, [ENVIRONMENTS, name], true), message, hint }];
    });
}
