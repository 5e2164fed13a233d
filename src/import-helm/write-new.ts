import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { isSystemError, systemReason } from '../diagnostics/system-error.js';
import { expectWritable, makeFolder } from '../files/make-folder.js';

/** Writes a values file; refuses to replace an existing file. @param dryRun whether to write nothing */
export function writeNew(file: string, text: string, dryRun = false): Diagnostic | undefined {
  const exists = errorAt({ file }, 'already exists', 'remove it, or name another file with --output');
  try {
    if (dryRun) {
      expectWritable(path.dirname(file));
      return existsSync(file) ? exists : undefined;
    }
    makeFolder(path.dirname(file));
    writeFileSync(file, text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'EEXIST' ? exists : errorAt({ file }, `cannot be written: ${systemReason(error)}`);
  }
}
