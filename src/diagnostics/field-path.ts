import { inspectName } from './expected.js';

/** The path of a value, from the outside in: `['metrics', 'startPort']`. */
export type FieldPath = readonly (string | number)[];

/** A path as text: `metrics.startPort`, `env.A`, `windows[0].days`. */
export function formatPath(path: FieldPath): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : (i === 0 ? '' : '.') + inspectName(key)))
    .join('');
}

/** The value at a path in maps and lists; undefined if there is none. */
export function valueAt(value: unknown, path: FieldPath): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = (inner as Readonly<Record<string | number, unknown>>)[key];
  }
  return inner;
}
