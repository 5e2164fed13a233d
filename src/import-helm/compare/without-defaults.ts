import { isMap, type Manifest } from '../../kubernetes/manifest.js';
import { isServerDefault } from '../server-defaults.js';

/** Fields in which Kubernetes takes a missing value as this one. */
const SAME_AS_MISSING: readonly (readonly [RegExp, unknown])[] = [
  [/template\.spec\.enableServiceLinks$/, true],
  [/template\.spec\.automountServiceAccountToken$/, true],
  [/template\.spec\.serviceAccountName$/, 'default'],
  [/\.env\[\]\.value$/, ''],
];

/** An object without the fields that the API server would add, and without empty maps and lists. */
export function withoutDefaults(manifest: Manifest): Manifest {
  return (without(manifest, '') ?? {}) as Manifest;
}

function without(value: unknown, path: string): unknown {
  if (value === null || value === undefined || isServerDefault(path, value)) return undefined;
  if (SAME_AS_MISSING.some(([field, missing]) => field.test(path) && value === missing)) return undefined;
  if (Array.isArray(value)) {
    const items = (path.endsWith('.env') ? lastOfEachName(value) : value).map(
      (item: unknown) => without(item, `${path}[]`) ?? {},
    );
    return items.length === 0 ? undefined : items;
  }
  if (!isMap(value)) return value;
  const fields = Object.entries(value).flatMap(([field, inner]) => {
    const kept = without(inner, path === '' ? field : `${path}.${field}`);
    return kept === undefined ? [] : [[field, kept] as const];
  });
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** Of two variables with one name, the container gets the later one. */
function lastOfEachName(env: readonly unknown[]): unknown[] {
  return [...new Map(env.map((item) => [isMap(item) ? item['name'] : item, item])).values()];
}
