import { UnreadableFolder } from './manifest-folders.js';
import type { Problem } from '../diagnostics/problem.js';
import { isSystemError, systemReason } from '../diagnostics/system-error.js';

/**
 * What the system refused, as the user's problem. Any other error is a fault of this program, and is thrown on.
 *
 * @param file of which a refusal speaks that names none
 */
export function systemProblem(error: unknown, done: 'read' | 'written', file: string): Problem {
  if (error instanceof UnreadableFolder) return { file: error.folder, message: error.message };
  if (!isSystemError(error)) throw error;
  return { file: error.path ?? file, message: `cannot be ${done}: ${systemReason(error)}` };
}
