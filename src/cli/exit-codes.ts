/** Exit code of `diff` for a problem: nothing was compared. */
export const CANNOT_SAY = 2;

/** The name of `diff`, and its former name. */
export const DIFF_NAMES = ['diff', 'check'] as const;

/** Exit code for a problem or an unknown option: for `diff`, 1 always means a difference. */
export function exitCodeOfFailure([command = '']: readonly string[]): number {
  return DIFF_NAMES.some((name) => name === command) ? CANNOT_SAY : 1;
}
