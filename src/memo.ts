/** Computes a value at the first call and keeps it. Schemas that a run does not need are never built. */
export function memo<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
