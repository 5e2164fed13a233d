import { copyFileSync, existsSync, linkSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { makeFolder } from '../files/make-folder.js';
import { about, isAbsent } from '../diagnostics/system-error.js';

interface Done {
  readonly file: string;
  readonly takeBack: () => void;
}

/** Moves of files, each in one step, that can be taken back. What the system refuses names the file or folder meant. */
export class FileMoves {
  private readonly done: Done[] = [];

  /** Makes a folder, and those above it. */
  makeFolder(folder: string): void {
    makeFolder(folder, (made) => this.done.push({ file: made, takeBack: () => removeIfEmpty(made) }));
  }

  /** Puts a file in the place of what is there, if anything is. */
  replace(file: string, staged: string): void {
    about(file, () => {
      const before = `${staged}.before`;
      const takeBack = keepAs(before, file) ? () => renameSync(before, file) : () => rmSync(file);
      renameSync(staged, file);
      this.done.push({ file, takeBack });
    });
  }

  /** @param removed where it is kept */
  remove(file: string, removed: string): void {
    try {
      about(file, () => renameSync(file, removed));
    } catch (error) {
      if (isAbsent(error) && !existsSync(file)) return; // another run was first
      throw error;
    }
    this.done.push({ file, takeBack: () => renameSync(removed, file) });
  }

  /** Has all be as it was. @returns the files that could not be put back */
  takeBack(): string[] {
    const stuck: string[] = [];
    for (const { file, takeBack } of this.done.splice(0).toReversed()) {
      try {
        takeBack();
      } catch {
        stuck.unshift(file);
      }
    }
    return stuck;
  }
}

/** Removes a folder where nothing is in it, and the system lets it go. */
export function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Keeps what is in a file under another name, too. @returns whether there is such a file */
function keepAs(name: string, file: string): boolean {
  try {
    linkSync(file, name);
  } catch (error) {
    if (isAbsent(error)) return false;
    copyFileSync(file, name); // a file system without links, or a file of another user
  }
  return true;
}
