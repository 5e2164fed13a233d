import { rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { about } from '../diagnostics/system-error.js';
import { existingFolder, expectWritable, makeFolder } from '../files/make-folder.js';
import { removeAbandonedFiles, replaceFile } from '../files/replace-file.js';
import { fileAt, parentOf } from './layout.js';
import { leftovers, sortLeftovers, type Sorted } from './leftovers.js';
import { readManifestFile } from './manifest-file.js';
import { manifestFolders, type Scope } from './manifest-folders.js';

/** Changes of a run to an output folder, as paths of files in it. */
export interface OutputChanges extends Sorted {
  readonly written: readonly string[];
  readonly unchanged: number;
}

/** Reports a file, at the path of a manifest, that this program may not replace. */
export function fileInTheWay(file: string, obstacle: string): Diagnostic {
  return errorAt({ file }, obstacle, 'move it away, or name another folder with --output');
}

/** The system refused to write a file after other files had changed. */
export class PartialWriteError extends Error {
  override readonly name = 'PartialWriteError';

  constructor(
    /** Paths of the files that changed. */
    readonly files: readonly string[],
    override readonly cause: unknown,
  ) {
    super(`changed before the error: ${files.join(', ')}`, { cause });
  }
}

/**
 * A folder of manifests, with folders of environments in it. `add` only compares; `write` then replaces each file in one
 * step, and may remove manifests that were not added. An interrupted run leaves only complete files; the next run writes
 * the rest. Other files, and manifests that this program did not write, stay.
 */
export class OutputFolder {
  /** Files to write, with their texts. */
  private readonly changed = new Map<string, string>();
  private readonly added = new Set<string>();
  /** Existing files at the paths of added manifests that this program may not replace. */
  readonly inTheWay: Diagnostic[] = [];

  /**
   * @param scope the part to write; the rest stays unchanged
   * @throws a system error if the folder does not exist and cannot be made, as a file is in its place
   */
  static open(folder: string, scope: Scope = {}): OutputFolder {
    existingFolder(folder);
    return new OutputFolder(folder, scope);
  }

  private constructor(
    private readonly folder: string,
    private readonly scope: Scope,
  ) {}

  /** Adds a manifest file. @param place path in the folder, without the extension of manifests */
  add(place: string, text: string): void {
    const file = fileAt(place);
    const whole = this.pathOf(file);
    const before = readManifestFile(whole);
    this.added.add(file);
    if (before.text === text) return;
    if (before.obstacle === undefined) this.changed.set(file, text);
    else this.inTheWay.push(fileInTheWay(whole, before.obstacle));
  }

  /**
   * The changes that `write` would make. Changes nothing.
   *
   * @param mayRemove as of `write`
   * @throws a system error with the path of a folder that cannot be read or written
   */
  plan(mayRemove = true): OutputChanges {
    const changes = this.changes(mayRemove);
    for (const folder of new Set([...changes.written, ...changes.removed].map(parentOf)))
      expectWritable(this.pathOf(folder));
    return changes;
  }

  /**
   * Writes the files that were added.
   *
   * @param mayRemove whether to remove manifests that were not added. @default true
   * @throws a system error with the path of the file or folder; PartialWriteError if other files changed before it
   */
  write(mayRemove = true): OutputChanges {
    makeFolder(this.folder);
    for (const folder of ['', ...manifestFolders(this.folder, this.scope).map(({ name }) => name)])
      removeAbandonedFiles(this.pathOf(folder));
    const changes = this.changes(mayRemove);
    const done: string[] = [];
    const made = new Set<string>();
    try {
      for (const [file, text] of this.changed) {
        const whole = this.pathOf(file);
        const folder = path.dirname(whole);
        if (!made.has(folder)) makeFolder(folder);
        made.add(folder);
        replaceFile(whole, text);
        done.push(whole);
      }
      for (const whole of changes.removed.map((file) => this.pathOf(file))) {
        about(whole, () => rmSync(whole, { force: true }));
        done.push(whole);
      }
    } catch (error) {
      throw done.length === 0 ? error : new PartialWriteError(done, error);
    }
    // Deepest first: the folder of an environment is empty only after its delivery folder is removed.
    for (const folder of new Set(changes.removed.map(parentOf).toSorted().toReversed()))
      this.removeIfEmpty(folder);
    return changes;
  }

  private changes(mayRemove: boolean): OutputChanges {
    const sorted = sortLeftovers(leftovers(this.folder, this.scope, this.added), mayRemove);
    const written = [...this.changed.keys()];
    return { ...sorted, written, unchanged: this.added.size - written.length - this.inTheWay.length };
  }

  private removeIfEmpty(folder: string): void {
    if (folder === '') return;
    try {
      rmdirSync(this.pathOf(folder));
    } catch {
      return; // not empty, or the system refuses
    }
    this.removeIfEmpty(parentOf(folder));
  }

  private pathOf(file: string): string {
    return path.join(this.folder, file);
  }
}
