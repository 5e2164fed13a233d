import { inspectName } from './expected.js';

type Fields = Readonly<Record<string | number, unknown>>;

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
    inner = (inner as Fields)[key];
  }
  return inner;
}

/** A copy without the value at a path. Where the path leads through another value than a map or list, that value is removed. */
export function withoutValueAt(around: object, [key, ...path]: FieldPath): Fields {
  if (key === undefined) return around as Fields;
  const inner = (around as Fields)[key];
  const changed =
    path.length > 0 && typeof inner === 'object' && inner !== null ? withoutValueAt(inner, path) : undefined;
  if (Array.isArray(around)) {
    const index = Number(key);
    return (changed ? around.with(index, changed) : around.toSpliced(index, 1)) as unknown as Fields;
  }
  const { [key]: _, ...others } = around as Fields;
  return changed ? { ...around, [key]: changed } : others;
}
