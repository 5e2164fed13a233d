const NOBODY = 65_534;

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
