import path from 'node:path';
import { about, isAbsent } from '../diagnostics/system-error.js';
import { parentOf } from './layout.js';
import { makeStagingFolder, removeStagingFolders } from './staging-folder.js';

/**
 * Where files of a run wait until they stand in the output folder, and where those that they replace are kept meanwhile:
 * within each folder that changes, as each may be on a file system of its own. What is to stand in a folder that is
 * still to be made waits in the one above.
 */
export class Staging {
  private readonly folders = new Map<string, string>();
  private count = 0;

  constructor(private readonly output: string) {}

  /**
   * A path where nothing is yet, from and to which a file of a folder moves in one step.
   *
   * @param folder in the output folder; empty for that itself
   * @throws a system error that names the folder, when it cannot be written
   */
  pathFor(folder: string): string {
    return path.join(this.stagingFor(folder), String((this.count += 1)));
  }

  discard(): void {
    removeStagingFolders(new Set(this.folders.values()));
    this.folders.clear();
  }

  private stagingFor(folder: string): string {
    const staging = this.folders.get(folder) ?? this.madeIn(folder) ?? this.stagingFor(parentOf(folder));
    this.folders.set(folder, staging);
    return staging;
  }

  /** Nothing where the folder is still to be made. */
  private madeIn(folder: string): string | undefined {
    const within = path.join(this.output, folder);
    try {
      return about(within, () => makeStagingFolder(within));
    } catch (error) {
      if (folder !== '' && isAbsent(error)) return undefined;
      throw error;
    }
  }
}
