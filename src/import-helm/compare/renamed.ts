import { isMap, mapAt, type Manifest } from '../../kubernetes/manifest.js';

/** Fields in which a text that equals a name is no reference to the object. */
const NO_REFERENCE = new Set([
  'labels',
  'matchLabels',
  'selector',
  'annotations',
  'env',
  'args',
  'command',
  'containers',
]);

/** An object of a chart, as it would be if the chart called the application by another name. */
export function renamed(manifest: Manifest, name: string, to: string): Manifest {
  const replace = (value: unknown): unknown => {
    if (value === name) return to;
    if (Array.isArray(value)) return value.map(replace);
    if (!isMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [
        field,
        NO_REFERENCE.has(field) ? inner : replace(inner),
      ]),
    );
  };
  return mapAt(name === to ? manifest : replace(manifest));
}
