import { lstatSync, rmdirSync, rmSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { replaceFile } from '../files/replace-file.js';
import type { ProjectFile } from './project-files.js';

/** Whether there is a file, a folder or a link at a path. */
export function isThere(file: string): boolean {
  return statsOf(lstatSync, file) !== undefined;
}

/** The highest part of a path that is there and is not a folder: nothing can be written below it. */
export function obstacle(folder: string): string | undefined {
  const parent = path.dirname(folder);
  const above = parent === folder ? undefined : obstacle(parent);
  if (above !== undefined) return above;
  return isThere(folder) && !statsOf(statSync, folder)?.isDirectory() ? folder : undefined;
}

/** Undefined for a path below a file or in a closed folder, too: an attempt to write there has the reason. */
function statsOf(read: typeof statSync, file: string): Stats | undefined {
  try {
    return read(file);
  } catch {
    return undefined;
  }
}

/**
 * Writes files that do not exist yet, and makes folders. If one cannot be written, those that were written are removed.
 *
 * @param folders all folders to make; paths are relative to `project`
 * @throws a system error with the path
 */
export function writeNewFiles(
  project: string,
  files: readonly ProjectFile[],
  folders: readonly string[],
): void {
  const needed = folders.map((folder) => path.join(project, folder));
  const made = missingFolders(needed);
  const written: string[] = [];
  try {
    needed.forEach(makeFolder);
    for (const { path: name, content } of files) {
      const file = path.join(project, name);
      replaceFile(file, content);
      written.push(file);
    }
  } catch (error) {
    for (const file of written) rmSync(file, { force: true });
    made.toReversed().forEach(removeIfEmpty);
    throw error;
  }
}

/** The folders to make, each after its parent. */
function missingFolders(folders: readonly string[]): string[] {
  const missing = new Set<string>();
  const add = (folder: string) => {
    if (isThere(folder)) return;
    add(path.dirname(folder));
    missing.add(folder);
  };
  folders.forEach(add);
  return [...missing];
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // it was not made, or another program has written into it
  }
}
