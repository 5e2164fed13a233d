import { getSystemErrorMap, types } from 'node:util';

/** Whether an error is from the operating system: a missing file, a full disk. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return types.isNativeError(error) && 'errno' in error;
}

/** The system's message without its code: `no such file or directory`. */
export function systemReason(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return getSystemErrorMap().get(errno ?? 0)?.[1] ?? message;
}

/** Whether the error means that a file or folder does not exist. */
export function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Calls `act`. A system error then names the user's file, even if the failed call was about another file. */
export function about<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw isSystemError(error) ? Object.assign(error, { path: file }) : error;
  }
}
