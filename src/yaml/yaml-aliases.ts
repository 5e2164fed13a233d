/** Maximum number of collections that aliases expand to: more than a values file needs. */
const MOST = 10_000;

interface AliasFault {
  readonly message: string;
  readonly hint: string;
}

/** Why the aliases in a value are refused: they are endless, or expand to too much; undefined if they are fine. */
export function aliasFault(value: unknown): AliasFault | undefined {
  let count = 0;
  const around = new Set<object>();
  const fault = (inner: unknown): AliasFault | undefined => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    if (around.has(inner))
      return {
        message: 'an alias (*) stands for a value that contains the alias',
        hint: 'write its values out',
      };
    if ((count += 1) > MOST)
      return { message: `aliases (*) stand for more than ${MOST} collections`, hint: 'write the values out' };
    around.add(inner);
    for (const child of Object.values(inner)) {
      const found = fault(child);
      if (found !== undefined) return found;
    }
    around.delete(inner);
    return undefined;
  };
  return fault(value);
}
