import { isMap, type Manifest } from '../../kubernetes/manifest.js';
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
      const operation = operationFor(object, path, theirs);
      if (operation !== undefined) patch.json.push(operation);
    } else mergeInto(patch.merge, path, theirs ?? null);
  }
  return [...patches.values()].flatMap(({ target, merge, json }) => [
    ...(Object.keys(merge).length > 0 ? [{ target, merge }] : []),
    ...(json.length > 0 ? [{ target, json }] : []),
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

function operationFor(
  object: Manifest,
  path: readonly string[],
  value: unknown,
): JsonPatchOperation | undefined {
  let inner: unknown = object;
  const pointer: string[] = [];
  for (const [i, step] of path.entries()) {
    if (Array.isArray(inner)) {
      const index = indexOf(inner, step);
      if (index === undefined) {
        if (i < path.length - 1) return undefined;
        pointer.push('-');
        return { op: 'add', path: pointerTo(pointer), value };
      }
      pointer.push(String(index));
      inner = inner[index];
    } else {
      const name = nameIn(step);
      pointer.push(name);
      inner = isMap(inner) ? inner[name] : undefined;
    }
  }
  const at = pointerTo(pointer);
  if (value === undefined) return { op: 'remove', path: at };
  return { op: inner === undefined ? 'add' : 'replace', path: at, value };
}

function indexOf(items: readonly unknown[], step: string): number | undefined {
  const name = step.slice(1, -1);
  for (const key of ['name', 'mountPath', 'containerPort', 'port', 'key']) {
    const index = items.findIndex(
      (item) => isMap(item) && item[key] !== undefined && String(item[key]) === name,
    );
    if (index >= 0) return index;
  }
  return /^[0-9]+$/.test(name) && Number(name) < items.length ? Number(name) : undefined;
}

function pointerTo(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
