import { isDeepStrictEqual } from 'node:util';
import type { FieldPath } from '../diagnostics/field-path.js';
import { isMap, own } from '../kubernetes/manifest.js';

/** One value that an edit changes. */
export interface ValueChange {
  readonly path: FieldPath;
  /** Undefined if the key is added. */
  readonly before?: unknown;
  /** Undefined if the key is removed. */
  readonly after?: unknown;
}

/** The values that differ, as deep inside maps as possible. */
export function valueChanges(before: unknown, after: unknown, path: FieldPath = []): ValueChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isMap(before) || !isMap(after)) return [{ path, before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    valueChanges(own(before, key), own(after, key), [...path, key]),
  );
}
