/** More values than a values file could need to repeat by aliases. */
const MOST = 10_000;

/** Why what aliases stand for cannot be used: it has no end, or grows out of all bounds; undefined where it can. */
export function aliasFault(value: unknown): string | undefined {
  let count = 0;
  const around = new Set<object>();
  const fault = (inner: unknown): string | undefined => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    if (around.has(inner)) return 'an alias (*) stands for what it is in itself; write its values out';
    if ((count += 1) > MOST)
      return `aliases (*) stand for more than ${MOST} collections; write out what is meant`;
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
