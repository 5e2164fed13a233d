import type { Place } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { isMap, own, type Manifest } from '../kubernetes/manifest.js';

/** An object of a Helm release. */
export interface ReleaseObject {
  readonly manifest: Manifest;
  /** Its name in messages: `Deployment shop/web`. */
  readonly title: string;
  /** The custom resource whose controller made it: `Shop prod`. */
  readonly owner?: string | undefined;
  /** Where the user wrote the field at a path: in the manifest, or in the Helm values that it was made from. */
  placeOf(path: FieldPath): Place;
}

/** A field of an object. It need not exist. */
export class ObjectField {
  constructor(
    readonly object: ReleaseObject,
    readonly path: FieldPath = [],
  ) {}

  /** Undefined if the field is not set. */
  get value(): unknown {
    return this.path.reduce<unknown>((inner, key) => {
      if (Array.isArray(inner)) return inner[Number(key)] as unknown;
      return isMap(inner) ? (own(inner, key) ?? undefined) : undefined;
    }, this.object.manifest);
  }

  /** The map; empty if the field is no map. */
  get map(): Readonly<Record<string, unknown>> {
    return isMap(this.value) ? this.value : {};
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get isSet(): boolean {
    return this.value !== undefined;
  }

  at(...path: FieldPath): ObjectField {
    return new ObjectField(this.object, [...this.path, ...path]);
  }

  /** The items of the list; none if the field is no list. */
  get items(): readonly ObjectField[] {
    return Array.isArray(this.value) ? this.value.map((_, i) => this.at(i)) : [];
  }

  /** The item of the list that has this name. */
  named(name: unknown): ObjectField | undefined {
    return this.items.find((item) => item.map['name'] === name);
  }
}

/** The name of an object; '' if it has none. */
export function nameOf(object: ObjectField): string {
  return object.at('metadata', 'name').text ?? '';
}

/** The place of an object as a whole. */
export function placeOfObject(object: ReleaseObject): Place {
  const { file, line } = object.placeOf([]);
  return { file, line, object: object.title };
}
