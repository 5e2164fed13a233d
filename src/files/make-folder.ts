import { accessSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { about } from '../diagnostics/system-error.js';

/**
 * Makes a folder and its parents. (Node's own `recursive` never ends for `/proc/x`.)
 *
 * @throws a system error with the folder's path
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    about(folder, () => mkdirSync(folder));
  } catch (error) {
    if (isFolder(folder)) return; // another run has made it
    throw error;
  }
}

/**
 * The folder itself, or the nearest one above it that exists.
 *
 * @throws a system error with the folder's path if it can never be made: a file is in its place
 */
export function existingFolder(folder: string): string {
  const stat = about(folder, () => statSync(folder, { throwIfNoEntry: false }));
  if (stat === undefined) return existingFolder(path.dirname(folder));
  if (!stat.isDirectory()) about(folder, () => readdirSync(folder)); // throws: not a directory
  return folder;
}

/**
 * Checks that a folder, or the one in which it would be made, accepts files. Makes nothing.
 *
 * @throws a system error with the folder's path
 */
export function expectWritable(folder: string): void {
  const existing = existingFolder(folder);
  about(existing, () => accessSync(existing, constants.W_OK));
}

function isFolder(folder: string): boolean {
  return about(folder, () => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true);
}
