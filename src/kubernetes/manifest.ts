import { isClusterScoped } from './cluster-scoped.js';

/** A Kubernetes object as plain data, from any source. Its fields are not checked. */
export type Manifest = Readonly<Record<string, unknown>>;

/**
 * The name of an object in messages: `Service app/app-django`, or `ClusterRole admin` if the kind is cluster-scoped.
 */
export function nameOf(manifest: Manifest): string {
  const kind = textAt(manifest, 'kind');
  const name = textAt(manifest, 'metadata', 'name') ?? textAt(manifest, 'metadata', 'generateName') ?? '?';
  const place = isClusterScoped(manifest['apiVersion'], kind) ? '' : `${namespaceOf(manifest)}/`;
  return `${kind ?? 'object'} ${place}${name}`;
}

/** The namespace of an object; `default` if none is set. An empty text sets none. */
export function namespaceOf(manifest: Manifest): string {
  return textAt(manifest, 'metadata', 'namespace') || 'default';
}

/** The value at a path; undefined if there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return atPath(value, path);
}

function atPath(value: unknown, path: readonly string[]): unknown {
  let inner = value;
  for (const key of path) inner = isMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  return inner;
}

/** The map at a path; an empty map if there is none. */
export function mapAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  const found = atPath(value, path);
  return isMap(found) ? found : {};
}

/** The maps in the list at a path; an empty list if there is none. Other items become empty maps. */
export function listAt(value: unknown, ...path: readonly string[]): readonly Manifest[] {
  const found = atPath(value, path);
  if (!Array.isArray(found)) return [];
  return found.every(isMap) ? found : found.map((item: unknown) => (isMap(item) ? item : {}));
}

/** The text at a path; undefined if there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = atPath(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The texts in the list at a path. */
export function textListAt(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = atPath(value, path);
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
}

/** The map of texts at a path, such as labels. */
export function textsAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
  const inner = atPath(value, path);
  const found = isMap(inner) ? inner : {};
  return isMapOfTexts(found)
    ? found
    : Object.fromEntries(
        Object.entries(found).filter((entry): entry is [string, string] => isText(entry[1])),
      );
}

function isMapOfTexts(map: Manifest): map is Readonly<Record<string, string>> {
  return Object.values(map).every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether a value is a map, as every Kubernetes object is. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of the map's own key, without keys that every JavaScript object inherits. */
export function own<Value>(map: Readonly<Record<string, Value>>, key: string | number): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Sets the map's own key, even if it is `__proto__`. */
export function setOwn(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}
