import { scalarText } from '../../diagnostics/scalar-text.js';
import { isMap, mapAt, type Manifest } from '../../kubernetes/manifest.js';
import type { JsonPatchOperation, Patch } from '../../user-objects/patch.js';
import type { Difference } from './differences.js';

/** Patches that give our objects the fields of the chart's. */
export function patchesFor(differences: readonly Difference[], ours: readonly Manifest[]): Patch[] {
  const patches = new Map<
    string,
    { merge: Record<string, unknown>; json: JsonPatchOperation[]; target: Patch['target'] }
  >();
  for (const difference of differences) {
    const { kind, name, path, theirs } = difference;
    const object = ours.find((one) => one['kind'] === kind && (one['metadata'] as Manifest)['name'] === name);
    if (object === undefined || path.length === 0) continue;
    const key = `${kind} ${name}`;
    const patch = patches.get(key) ?? { target: { kind, name }, merge: {}, json: [] };
    patches.set(key, patch);
    if (path.some((step) => isItem(step))) {
      patch.json.push(...operationsFor(object, path, theirs));
    } else mergeInto(patch.merge, path, theirs ?? null);
  }
  return [...patches.values()].flatMap(({ target, merge, json }) => [
    ...(Object.keys(merge).length > 0 ? [{ target, merge }] : []),
    ...(json.length > 0 ? [{ target, json: inOrder(json) }] : []),
  ]);
}

function mergeInto(merge: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let map = merge;
  for (const step of path.slice(0, -1)) map = (map[nameIn(step)] ??= {}) as Record<string, unknown>;
  map[nameIn(path.at(-1) ?? '')] = value;
}

/** `[http]` is an item of a list, `["a.b/c"]` a key. */
function isItem(step: string): boolean {
  return step.startsWith('[') && !step.startsWith('["');
}

function nameIn(step: string): string {
  return step.startsWith('["') ? (JSON.parse(step.slice(1, -1)) as string) : step;
}

/**
 * The operation that sets a field, after a test of each item of a list that it goes through: an index means another item as
 * soon as there is one more before it.
 */
function operationsFor(object: Manifest, path: readonly string[], value: unknown): JsonPatchOperation[] {
  let inner: unknown = object;
  const pointer: string[] = [];
  const tests: JsonPatchOperation[] = [];
  for (const [i, step] of path.entries()) {
    if (Array.isArray(inner)) {
      const index = indexOf(inner, step);
      if (index === undefined) {
        if (i < path.length - 1) return [];
        pointer.push('-');
        return [...tests, { op: 'add', path: pointerTo(pointer), value }];
      }
      pointer.push(String(index));
      inner = inner[index];
      tests.push(testOf(inner, pointer));
    } else {
      const name = nameIn(step);
      pointer.push(name);
      inner = isMap(inner) ? inner[name] : undefined;
    }
  }
  const at = pointerTo(pointer);
  if (value === undefined) return [...tests, { op: 'remove', path: at }];
  return [...tests, { op: inner === undefined ? 'add' : 'replace', path: at, value }];
}

/** A test that an item of a list is still there: by the field that identifies it, or as a whole. */
function testOf(item: unknown, pointer: readonly string[]): JsonPatchOperation {
  const key = ITEM_KEYS.find((name) => isMap(item) && item[name] !== undefined);
  return key === undefined
    ? { op: 'test', path: pointerTo(pointer), value: item }
    : { op: 'test', path: pointerTo([...pointer, key]), value: mapAt(item)[key] };
}

/**
 * The tests first, each once; then the changes; then the removals of items from the end of each list, so that no index changes
 * before it is used.
 */
function inOrder(operations: readonly JsonPatchOperation[]): JsonPatchOperation[] {
  const tests = operations.filter(({ op }) => op === 'test');
  const isItem = ({ op, path }: JsonPatchOperation) => op === 'remove' && /\/[0-9]+$/.test(path);
  const fromTheEnd = (one: JsonPatchOperation, other: JsonPatchOperation) =>
    other.path.localeCompare(one.path, 'en', { numeric: true });
  return [
    ...new Map(tests.map((test) => [test.path, test])).values(),
    ...operations.filter((operation) => operation.op !== 'test' && !isItem(operation)),
    ...operations.filter(isItem).toSorted(fromTheEnd),
  ];
}

const ITEM_KEYS = ['name', 'mountPath', 'containerPort', 'port', 'key'];

function indexOf(items: readonly unknown[], step: string): number | undefined {
  const name = step.slice(1, -1);
  for (const key of ITEM_KEYS) {
    const index = items.findIndex(
      (item) => isMap(item) && item[key] !== undefined && scalarText(item[key]) === name,
    );
    if (index >= 0) return index;
  }
  return /^[0-9]+$/.test(name) && Number(name) < items.length ? Number(name) : undefined;
}

function pointerTo(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
