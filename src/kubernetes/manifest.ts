import { isClusterScoped } from './cluster-scoped.js';

/** A Kubernetes object as plain data, whoever made it: nothing about its fields is certain. */
export type Manifest = Readonly<Record<string, unknown>>;

/** `Service app/app-django`, or `ClusterRole admin` where the kind has no namespaces. */
export function nameOf(manifest: Manifest): string {
  const kind = textAt(manifest, 'kind');
  const name = textAt(manifest, 'metadata', 'name') ?? textAt(manifest, 'metadata', 'generateName') ?? '?';
  const place = isClusterScoped(manifest['apiVersion'], kind) ? '' : `${namespaceOf(manifest)}/`;
  return `${kind ?? 'object'} ${place}${name}`;
}

/** Where an object lives; what names no namespace is applied to `default`. */
export function namespaceOf(manifest: Manifest): string {
  return textAt(manifest, 'metadata', 'namespace') ?? 'default';
}

/** The value at a path, or undefined where the path ends early. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (inner, key) => (isMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}

/** The map at a path; an empty one where there is none. */
export function mapAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  const found = at(value, ...path);
  return isMap(found) ? found : {};
}

/** The maps in the list at a path; none where there is no list. */
export function listAt(value: unknown, ...path: readonly string[]): readonly Manifest[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.map((item: unknown) => (isMap(item) ? item : {})) : [];
}

/** The text at a path. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The texts in the list at a path. */
export function textListAt(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
}

/** The map of texts at a path, such as labels. */
export function textsAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mapAt(value, ...path)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** Whether a value is a map, as every Kubernetes object is. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
