import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { about } from '../diagnostics/system-error.js';
import { FileMoves, removeIfEmpty } from './file-moves.js';
import { fileAt, parentOf } from './layout.js';
import { leftovers, sortLeftovers, type Sorted } from './leftovers.js';
import { readManifestFile } from './manifest-file.js';
import { manifestFolders, type Scope } from './manifest-folders.js';
import { removeAbandoned, removeAbandonedBeside } from './staging-folder.js';
import { Staging } from './staging.js';

/** What a run changed in an output folder: paths of files in it. */
export interface OutputChanges extends Sorted {
  readonly written: readonly string[];
  readonly unchanged: number;
}

/** A file in the place of a manifest, which this program may not replace. */
export function fileInTheWay(file: string, obstacle: string): Diagnostic {
  return errorAt({ file }, obstacle, 'move it away, or name another folder with --output');
}

/** A swap that the system refused midway, and the way back too: these files are other ones than before. */
export class PartlySwapped extends Error {
  override readonly name = 'PartlySwapped';

  constructor(
    readonly files: readonly string[],
    override readonly cause: unknown,
  ) {
    super(`could not be put back: ${files.join(', ')}`, { cause });
  }
}

/**
 * A folder of manifests, and in it folders of environments, that is replaced as a whole. Files are first written where
 * nobody looks for them; `swap` then moves each into place in one step, and may remove manifests that were not added. Each
 * file is whole at any moment, the old one or the new one, whatever interrupts the run; the next run writes what is
 * missing. Files of other kinds and manifests that this program did not write stay.
 */
export class OutputFolder {
  private readonly staging: Staging;
  /** Where the files wait that are to be written. */
  private readonly staged = new Map<string, string>();
  private readonly added = new Set<string>();
  /** Files that stay as they are, though others were added in their place. */
  readonly inTheWay: Diagnostic[] = [];

  /**
   * @param scope the part to replace; the rest is left alone
   * @throws a system error when the folder cannot be made, or one of the scope not be read
   */
  static open(folder: string, scope: Scope = {}): OutputFolder {
    makeFolder(folder);
    removeAbandonedBeside(folder);
    removeAbandoned(folder);
    for (const { name } of manifestFolders(folder, scope)) removeAbandoned(path.join(folder, name));
    return new OutputFolder(folder, scope);
  }

  private constructor(
    private readonly folder: string,
    private readonly scope: Scope,
  ) {
    this.staging = new Staging(folder);
  }

  /**
   * Takes a file to be in the folder; one that is there already, with the same text, is not touched.
   *
   * @param place path in the folder, without the extension of manifests
   * @throws a system error that names the file, or the folder of it that cannot be written
   */
  add(place: string, text: string): void {
    const file = fileAt(place);
    const before = readManifestFile(this.pathOf(file));
    this.added.add(file);
    if (before.text === text) return;
    if (before.obstacle !== undefined) {
      this.inTheWay.push(fileInTheWay(path.join(this.folder, file), before.obstacle));
      return;
    }
    const staged = this.staging.pathFor(parentOf(file));
    about(this.pathOf(file), () => writeFileSync(staged, text));
    this.staged.set(file, staged);
  }

  /**
   * Moves all that was added into the folder, or nothing.
   *
   * @param mayRemove whether manifests that were not added are removed. @default true
   * @throws a system error that names the file or folder in the way; PartlySwapped when not all could be put back
   */
  swap(mayRemove = true): OutputChanges {
    const sorted = sortLeftovers(leftovers(this.folder, this.scope, this.added), mayRemove);
    this.move(sorted.removed);
    this.discard();
    // Deepest first: the folder of an environment is empty when its delivery folder is gone.
    for (const folder of new Set(sorted.removed.map(parentOf).toSorted().toReversed()))
      this.removeIfEmpty(folder);
    const written = [...this.staged.keys()];
    return { ...sorted, written, unchanged: this.added.size - written.length - this.inTheWay.length };
  }

  /** Leaves the folder as it is. */
  discard(): void {
    this.staging.discard();
  }

  private move(removed: readonly string[]): void {
    // Before anything moves: a folder that cannot be written is refused here, as those of added files were.
    const removals = removed.map((file) => [file, this.staging.pathFor(parentOf(file))] as const);
    const moves = new FileMoves();
    try {
      for (const file of this.staged.keys()) moves.makeFolder(path.dirname(this.pathOf(file)));
      for (const [file, staged] of this.staged) moves.replace(this.pathOf(file), staged);
      for (const [file, kept] of removals) moves.remove(this.pathOf(file), kept);
    } catch (error) {
      const stuck = moves.takeBack();
      throw stuck.length === 0 ? error : new PartlySwapped(stuck, error);
    }
  }

  private removeIfEmpty(folder: string): void {
    if (folder !== '' && removeIfEmpty(this.pathOf(folder))) this.removeIfEmpty(parentOf(folder));
  }

  private pathOf(file: string): string {
    return path.join(this.folder, file);
  }
}
