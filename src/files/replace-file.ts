import { chmodSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readFile } from './read-file.js';
import { about } from '../diagnostics/system-error.js';

/** `.app.k8s.yaml.0123abcd.tmp`, in the folder of the file to replace. */
const TEMPORARY = /^\..+\.[0-9a-f]{8}\.tmp$/;

/** After this time without a write, a temporary file is one of a killed run. */
const ABANDONED_AFTER_MS = 60_000;

/**
 * Writes a file in one step: at any moment it contains the old text or the new text.
 * @param mode its permissions. @default - those of a new file
 * @throws a system error with the file's path
 */
export function replaceFile(file: string, text: string | Uint8Array, mode?: number): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${eightDigits()}.tmp`);
  about(file, () => {
    try {
      writeFileSync(temporary, text);
      if (mode !== undefined) chmodSync(temporary, mode);
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

/** Random hexadecimal digits. They need not be secret, and loading `node:crypto` takes 2 ms. */
function eightDigits(): string {
  return Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}

/**
 * Rewrites a file that a person wrote: follows links, and keeps the permissions and the byte order mark.
 * @throws as `replaceFile`
 */
export function rewriteFile(file: string, text: string): void {
  const real = realpathSync(file);
  const hasMark = readFile(real).subarray(0, MARK.length).equals(MARK);
  replaceFile(real, (hasMark ? '\uFEFF' : '') + text, statSync(real).mode);
}

/** The byte order mark in UTF-8. */
const MARK = Buffer.from('\uFEFF');

/** Removes the temporary files of killed runs from a folder; errors are ignored. */
export function removeAbandonedFiles(folder: string): void {
  for (const name of namesIn(folder)) {
    const file = path.join(folder, name);
    if (TEMPORARY.test(name) && isAbandoned(file)) rmSync(file, { force: true });
  }
}

function isAbandoned(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && stat.isFile() && Date.now() - stat.mtimeMs > ABANDONED_AFTER_MS;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // missing, or no permission
  }
}
