import { inspectName } from './expected.js';

/** The path of a value, from the outside in: `['metrics', 'startPort']`. */
export type FieldPath = readonly (string | number)[];

/** A path as text: `metrics.startPort`, `env.A`, `windows[0].days`. */
export function formatPath(path: FieldPath): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : (i === 0 ? '' : '.') + inspectName(key)))
    .join('');
}
