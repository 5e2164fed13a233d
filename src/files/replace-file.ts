import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { about } from '../diagnostics/system-error.js';

/** `.app.k8s.yaml.0123abcd.tmp`, in the folder of the file to replace. */
const TEMPORARY = /^\..+\.[0-9a-f]{8}\.tmp$/;

/** After this time without a write, a temporary file is one of a killed run. */
const ABANDONED_AFTER_MS = 60_000;

/**
 * Writes a file in one step: at any moment it contains the old text or the new text.
 * @throws a system error with the file's path
 */
export function replaceFile(file: string, text: string | Uint8Array): void {
  const temporary = path.join(
    path.dirname(file),
    `.${path.basename(file)}.${randomBytes(4).toString('hex')}.tmp`,
  );
  about(file, () => {
    try {
      writeFileSync(temporary, text);
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

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
