/** What is made when it is first asked for, and then kept: schemas of kinds that a run may not meet are not built. */
export function memo<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
