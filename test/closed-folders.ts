import { chmodSync } from 'node:fs';

const NOBODY = 65_534;
const closed: string[] = [];

/** Closes a folder, until the end of the test: `unwritable`, or `unreadable` too. Root does not mind; see `unprivileged`. */
export function close(folder: string, how: 'unwritable' | 'unreadable'): void {
  chmodSync(folder, how === 'unwritable' ? 0o555 : 0o000);
  closed.push(folder);
}

// Before the hooks of the test itself, which could not remove what is closed.
afterEach(() => {
  for (const folder of closed.splice(0).toReversed()) chmodSync(folder, 0o755);
});

/** Does something as a user whom folders can be closed to, as they cannot to root. */
export async function unprivileged<T>(act: () => T | Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
