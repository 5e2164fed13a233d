import { UnreadableFolder } from './manifest-folders.js';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { isSystemError, systemReason } from '../diagnostics/system-error.js';

/**
 * Turns a system error into a diagnostic. Any other error is a bug in this program, and is rethrown.
 *
 * @param file the path to report if the error has none
 */
export function systemProblem(error: unknown, done: 'read' | 'written', file: string): Diagnostic {
  if (error instanceof UnreadableFolder) return errorAt({ file: error.folder }, error.message, error.hint);
  if (!isSystemError(error)) throw error;
  return errorAt({ file: error.path ?? file }, `cannot be ${done}: ${systemReason(error)}`);
}
