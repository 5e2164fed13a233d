import { isDeepStrictEqual } from 'node:util';
import { isMap, own } from '../../kubernetes/manifest.js';

/** One field that differs between two versions of an object. */
export interface FieldChange {
  /** From the outside in; a list's item by its name: `['spec', 'ports', '[http]', 'port']`. */
  readonly path: readonly string[];
  /** Undefined if the field is added. */
  readonly before?: unknown;
  /** Undefined if the field is removed. */
  readonly after?: unknown;
  /** Whether only the order of the items differs. */
  readonly order?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields that identify an item in a list. The first one that is set and unique in all items counts. */
const ITEM_KEYS = ['name', 'mountPath', 'containerPort', 'port', 'key'];

/** The fields that differ, as deep inside as possible. */
export function fieldChanges(before: unknown, after: unknown, path: readonly string[] = []): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isMap(before) && isMap(after)) return entryChanges(before, after, path, pathKey);
  if (Array.isArray(before) && Array.isArray(after)) return itemChanges(before, after, path);
  return [{ path, before, after }];
}

/** `spec.template.spec.containers[django].env[WEB_CONCURRENCY].value` */
export function formatFieldPath(path: readonly string[]): string {
  return path.map((key, i) => (i === 0 || key.startsWith('[') ? key : `.${key}`)).join('');
}

function itemChanges(before: unknown[], after: unknown[], path: readonly string[]): FieldChange[] {
  const key = ITEM_KEYS.find((key) => names(before, key) && names(after, key));
  if (key === undefined) return entryChanges({ ...before }, { ...after }, path, (index) => `[${index}]`);
  const changes = entryChanges(byName(before, key), byName(after, key), path, (name) => `[${name}]`);
  return changes.length > 0 ? changes : [{ path, before, after, order: true }];
}

function entryChanges(
  before: Fields,
  after: Fields,
  path: readonly string[],
  inPath: (key: string) => string,
): FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => fieldChanges(own(before, key), own(after, key), [...path, inPath(key)]));
}

function names(items: readonly unknown[], key: string): boolean {
  const found = items.map((item) => (isMap(item) ? own(item, key) : undefined));
  return (
    found.every((name) => typeof name === 'string' || typeof name === 'number') &&
    new Set(found.map(String)).size === found.length
  );
}

function byName(items: readonly unknown[], key: string): Fields {
  return Object.fromEntries(items.map((item) => [String(own(item as Fields, key)), item]));
}

function pathKey(key: string): string {
  return /^[-A-Za-z0-9_]+$/.test(key) ? key : `[${JSON.stringify(key)}]`;
}
