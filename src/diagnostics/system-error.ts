import { getSystemErrorMap, types } from 'node:util';

/** Whether the operating system refused something: a file, a folder, a disk that is full. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return types.isNativeError(error) && 'errno' in error;
}

/** `no such file or directory`: what the system says, without its numbers. */
export function systemReason(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return getSystemErrorMap().get(errno ?? 0)?.[1] ?? message;
}

/** Whether the error says that there is no such file or folder. */
export function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Does something for a file of the user, and has what the system refuses name it, whatever the call itself was about. */
export function about<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw isSystemError(error) ? Object.assign(error, { path: file }) : error;
  }
}
