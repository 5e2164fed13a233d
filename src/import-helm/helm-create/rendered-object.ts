import type { Place } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { nameOf, type Manifest } from '../../kubernetes/manifest.js';
import type { ReleaseObject } from '../release-object.js';
import type { HelmPath } from './helm-values.js';

/** An object that is made from Helm values. Each field has the path of its value. */
export class RenderedObject implements ReleaseObject {
  private readonly origins: { readonly field: FieldPath; readonly from: HelmPath }[] = [];
  private readonly fields: Record<string, unknown>;

  /** @param placeOfValue where the user wrote a Helm value; without a path, the file */
  constructor(
    apiVersion: string,
    kind: string,
    private readonly placeOfValue: (path?: HelmPath) => Place,
  ) {
    this.fields = { apiVersion, kind };
  }

  get manifest(): Manifest {
    return this.fields;
  }

  get title(): string {
    return nameOf(this.fields);
  }

  /** Sets a field, unless the value is undefined. @param from the Helm value, unless the chart sets the field */
  set(field: FieldPath, value: unknown, from?: HelmPath): this {
    if (value === undefined) return this;
    let inner: Record<string | number, unknown> = this.fields;
    for (const [i, key] of field.slice(0, -1).entries())
      inner = (inner[key] ??= typeof field[i + 1] === 'number' ? [] : {}) as typeof inner;
    inner[field.at(-1) ?? ''] = value;
    if (from !== undefined) this.origins.push({ field, from });
    return this;
  }

  placeOf(path: FieldPath): Place {
    const around = this.origins
      .filter(({ field }) => field.every((key, i) => key === path[i]))
      .toSorted((one, other) => other.field.length - one.field.length)[0];
    return around === undefined
      ? this.placeOfValue()
      : this.placeOfValue([...around.from, ...path.slice(around.field.length)]);
  }
}
