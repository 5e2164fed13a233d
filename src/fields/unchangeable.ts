const unchangeable = new WeakSet<object>();

/** Plain data, which nobody can change from now on, nor anything in it. */
export function madeUnchangeable<T>(data: T): T {
  freeze(data);
  if (typeof data === 'object' && data !== null) unchangeable.add(data);
  return data;
}

/** Whether it was made so here. What others have frozen may be no plain data. */
export function isUnchangeable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && unchangeable.has(value);
}

function freeze(data: unknown): void {
  // What YAML has an alias for is met more than once.
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return;
  Object.freeze(data);
  for (const inner of Object.values(data)) freeze(inner);
}
