import { isDeepStrictEqual } from 'node:util';
import { isMap, type Manifest } from '../../src/kubernetes/manifest.js';

/** A field of an object with its values. One that is not set has no value. */
export interface FieldDifference {
  readonly object: string;
  readonly field: string;
  readonly chart?: unknown;
  readonly here?: unknown;
}

/** Compares all fields of all objects as they are written: no default of Kubernetes is equal to nothing. */
export function fieldDifferences(chart: readonly Manifest[], here: readonly Manifest[]): FieldDifference[] {
  const [theirs, ours] = [byName(chart), byName(here)];
  return [...new Set([...theirs.keys(), ...ours.keys()])].flatMap((object) =>
    differing(object, '', theirs.get(object), ours.get(object)),
  );
}

function byName(objects: readonly Manifest[]): Map<string, Manifest> {
  return new Map(
    objects.map((object) => [
      `${String(object['kind'])} ${String((object['metadata'] as Manifest)['name'])}`,
      object,
    ]),
  );
}

function differing(object: string, field: string, chart: unknown, here: unknown): FieldDifference[] {
  if (isDeepStrictEqual(chart, here)) return [];
  const [one, other] = [fieldsOf(chart), fieldsOf(here)];
  if (one === undefined || other === undefined)
    return [{ object, field, ...(chart !== undefined && { chart }), ...(here !== undefined && { here }) }];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) =>
    differing(object, `${field}/${key}`, one.get(key), other.get(key)),
  );
}

/** A map by its keys, a list by the names of its items or by their numbers. */
function fieldsOf(value: unknown): Map<string, unknown> | undefined {
  if (isMap(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value)) return undefined;
  return new Map(
    value.map((item: unknown, i) => [
      isMap(item) && typeof item['name'] === 'string' ? item['name'] : String(i),
      item,
    ]),
  );
}
