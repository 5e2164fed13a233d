import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileAt } from './layout.js';
import { isOurs, isOwnFile, manifestFiles, readIfThere, type Scope } from './manifest-folders.js';
import { makeStagingFolder } from './staging-folder.js';

/** What a run changed in an output folder: paths of files in it. */
export interface OutputChanges {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/** Why a file of somebody else stops a run: what is said of it. */
export const IN_THE_WAY = 'this program did not write it; move it away, or name another folder with --output';

/**
 * A folder of manifests, and in it folders of environments, that is replaced as a whole. Files are first written beside
 * it; `swap` then moves each into place in one step, and removes those that no longer belong. So each file is whole at
 * any moment, the old one or the new one, whatever interrupts the run; and the next run, which writes what is still to be
 * written, finishes the job. Left alone are files of other kinds, and manifests that this program did not write.
 */
export class OutputFolder {
  private readonly written: string[] = [];
  private readonly kept = new Set<string>();
  /** What others wrote where an added file should stand: paths in the folder. It stays as it is. */
  readonly inTheWay: string[] = [];

  /**
   * @param scope the part to replace; the rest is left alone
   * @throws a system error when the folder, or one beside it, cannot be written
   */
  static open(folder: string, scope: Scope = {}): OutputFolder {
    mkdirSync(folder, { recursive: true });
    return new OutputFolder(folder, scope, makeStagingFolder(folder));
  }

  private constructor(
    private readonly folder: string,
    private readonly scope: Scope,
    private readonly staging: string,
  ) {}

  /**
   * Takes a file to be in the folder; one that is there already, with the same text, is not touched.
   *
   * @param place path in the folder, without the extension of manifests
   */
  add(place: string, text: string): void {
    const file = fileAt(place);
    const before = readIfThere(path.join(this.folder, file));
    if (before !== undefined && before !== text && !isOurs(before)) {
      this.inTheWay.push(file);
      return;
    }
    this.kept.add(file);
    if (before === text) return;
    this.inFolderOf(file, this.staging, (staged) => writeFileSync(staged, text));
    this.written.push(file);
  }

  /** Moves all that was added into the folder. */
  swap(): OutputChanges {
    const removed = manifestFiles(this.folder, this.scope).filter(
      (file) => !this.kept.has(file) && isOwnFile(this.folder, file),
    );
    for (const file of this.written) {
      this.inFolderOf(file, this.folder, (target) => renameSync(path.join(this.staging, file), target));
    }
    for (const file of removed) rmSync(path.join(this.folder, file));
    // Deepest first: the folder of an environment is empty when its delivery folder is gone.
    for (const folder of new Set(removed.map(parentOf).toSorted().toReversed())) this.removeIfEmpty(folder);
    this.discard();
    return { written: this.written, removed, unchanged: this.kept.size - this.written.length };
  }

  /** Leaves the folder as it is. */
  discard(): void {
    rmSync(this.staging, { recursive: true, force: true });
  }

  /** Does something to a file below a root, in whose folder it can stand. */
  private inFolderOf(file: string, root: string, act: (target: string) => void): void {
    const folder = parentOf(file);
    if (folder !== '') mkdirSync(path.join(root, folder), { recursive: true });
    act(path.join(root, file));
  }

  private removeIfEmpty(folder: string): void {
    if (folder === '') return;
    try {
      rmdirSync(path.join(this.folder, folder));
      this.removeIfEmpty(parentOf(folder));
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? ''))
        throw error;
    }
  }
}

/** The folder that a file is in, relative to the same root; empty for the root itself. */
function parentOf(file: string): string {
  return file.split('/').slice(0, -1).join('/');
}
