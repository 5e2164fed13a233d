import { UnreadableFolder } from './manifest-folders.js';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { isSystemError, systemReason } from '../diagnostics/system-error.js';

/**
 * What the system refused, as the user's problem. Any other error is a fault of this program, and is thrown on.
 *
 * @param file of which a refusal speaks that names none
 */
export function systemProblem(error: unknown, done: 'read' | 'written', file: string): Diagnostic {
  if (error instanceof UnreadableFolder) return errorAt({ file: error.folder }, error.message);
  if (!isSystemError(error)) throw error;
  return errorAt({ file: error.path ?? file }, `cannot be ${done}: ${systemReason(error)}`);
}
