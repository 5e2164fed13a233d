import { isDeepStrictEqual } from 'node:util';
import type { FieldPath } from '../diagnostics/field-path.js';

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
  if (!isFields(before) || !isFields(after)) return [{ path, before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    valueChanges(own(before, key), own(after, key), [...path, key]),
  );
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}
