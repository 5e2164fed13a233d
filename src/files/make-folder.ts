import { mkdirSync, statSync } from 'node:fs';
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

function isFolder(folder: string): boolean {
  return about(folder, () => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true);
}
