/** Computes a value at the first call and keeps it. Schemas that a run does not need are never built. */
export function memo<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Most texts whose values are kept: a fleet repeats its keys, durations and quantities. */
const MOST_KEPT = 500;

/** Computes the value of each text at the first call and keeps it. The values must not change. */
export function memoByText<Value>(make: (text: string) => Value): (text: string) => Value {
  const kept = new Map<string, Value>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const value = make(text);
    if (kept.size < MOST_KEPT) kept.set(text, value);
    return value;
  };
}
