import type { Place } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { isMap, own, type Manifest } from '../kubernetes/manifest.js';
import type { Patch } from '../user-objects/patch.js';
import type { ObjectField, ReleaseObject } from './release-object.js';

/** The values of a WorkerApp while they are made from a release, each with the field that it comes from. */
export class Draft {
  readonly values: Record<string, unknown> = {};
  /** Objects of the release beside the web pods that keys make, and the manifests that they should be. */
  readonly made = new Map<ReleaseObject, Manifest>();
  /** Patches of objects that are not compared. */
  readonly patches: Patch[] = [];
  private readonly sources: { readonly field: FieldPath; readonly from: ObjectField }[] = [];

  /** Sets a value, unless it is undefined. @param field `['http', 'port']` */
  put(field: FieldPath, value: unknown, from?: ObjectField): void {
    if (value === undefined) return;
    let map: Record<string, unknown> = this.values;
    for (const key of field.slice(0, -1)) map = (map[key] ??= {}) as Record<string, unknown>;
    map[field.at(-1) ?? ''] = value;
    if (from !== undefined) this.sources.push({ field, from });
  }

  /** Sets a value to a field of the release, if that is set. */
  copy(field: FieldPath, from: ObjectField): void {
    if (!isEmpty(from.value)) this.put(field, from.value, from);
  }

  /** Takes the sources of the values of an entry over. @param at the place of the entry */
  takeSources(at: FieldPath, entry: Draft): void {
    this.sources.push(...entry.sources.map(({ field, from }) => ({ field: [...at, ...field], from })));
  }

  at(...path: FieldPath): unknown {
    return path.reduce<unknown>((inner, key) => (isMap(inner) ? own(inner, key) : undefined), this.values);
  }

  /** Removes a key, which cannot express the fields of the release. */
  remove(key: string): void {
    delete this.values[key];
  }

  /** The object that a value, or a map around it, comes from. */
  objectAt(path: FieldPath): ReleaseObject | undefined {
    return this.sourceOf(path)?.from.object;
  }

  /** Where the user wrote a value, or a map around it. Undefined if it comes from the command line, or is computed. */
  placeOf(path: FieldPath): Place | undefined {
    const around = this.sourceOf(path);
    if (around === undefined) return undefined;
    const { field, from } = around;
    return from.object.placeOf([...from.path, ...path.slice(field.length)]);
  }

  private sourceOf(path: FieldPath): { readonly field: FieldPath; readonly from: ObjectField } | undefined {
    return this.sources
      .filter(({ field }) => field.every((key, i) => key === path[i]))
      .toSorted((one, other) => other.field.length - one.field.length)[0];
  }

  /** The values in a map, each with its field of the release. */
  under(...path: FieldPath): { readonly name: string; readonly from: ObjectField }[] {
    return this.sources
      .filter(({ field }) => field.length === path.length + 1 && path.every((key, i) => key === field[i]))
      .map(({ field, from }) => ({ name: String(field.at(-1)), from }));
  }
}

/** Whether a Helm template leaves a value out: `{{- with … }}`. */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isMap(value) && Object.keys(value).length === 0)
  );
}
