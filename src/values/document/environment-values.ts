import { memo } from '../../memo.js';
import type { Place } from '../../diagnostics/diagnostic.js';
import { type FieldPath, formatPath, valueAt } from '../../diagnostics/field-path.js';
import { isMap } from '../../kubernetes/manifest.js';
import type { SetValue } from '../set-values.js';
import { inPart, lastLayerAt, mergeLayers, type Layer, type WrittenValues } from './value-layers.js';
import type { WrittenDocument } from './written-document.js';

type Fields = Readonly<Record<string, unknown>>;

/** Where a value is written: in a file, or in an option of the command. */
export interface Origin {
  /** The environment that sets it; undefined for the base. */
  readonly environment?: string | undefined;
  /** The file: that of the document, or of Defaults; undefined for an option. */
  readonly file?: string;
  /** Line in the file, from 1; undefined for an option. */
  readonly line?: number;
  /** The field's path in the file: `workers`, `environments.production.workers`. */
  readonly field: string;
  /** The option, as the user gave it: `--set shop.workers=4`. */
  readonly set?: string;
}

/** A value, and where it is written. */
export interface WrittenValue {
  readonly value: unknown;
  readonly file: string;
  readonly line: number;
}

/** A null that removes nothing. */
export interface NullWithoutValue {
  /** The keys beside it that could be removed. */
  readonly keys: readonly string[];
  /** The values below it, from which it could remove one. */
  readonly over: 'Defaults' | 'base' | 'nothing';
  /** Whether it is written: a key without a value is null, too. */
  readonly isWritten: boolean;
}

/** The values of a document in one environment (or without environments), with their places. */
export class EnvironmentValues {
  readonly environment: string | undefined;

  /** Defaults, the base, and the environment's values, merged in this order; then the values of `--set`. */
  readonly value: Fields;

  /** The values without `delivery`. */
  readonly props: Fields;

  /** The name of the object, as the file gives it. */
  readonly name: unknown;

  readonly placeOfName = memo(() => this.placeOf(['name']));

  /** The values of `--set` for this document. */
  readonly sets: readonly SetValue[];

  /** From the outermost Defaults to the last value of `--set`. */
  private readonly layers: readonly Layer[];

  /** The document, without Defaults. */
  private readonly own: WrittenDocument;

  /** @param sets values for documents of any name */
  constructor(written: WrittenValues, sets: readonly SetValue[] = []) {
    this.own = written.documents.at(-1) as WrittenDocument;
    this.environment = written.environment;
    const merged = mergeLayers(written, sets);
    this.layers = merged.layers;
    this.value = merged.value;
    this.name = merged.name;
    this.sets = merged.sets;
    const { delivery: _, ...props } = merged.value;
    this.props = props;
  }

  /** The values that documents and options set over the first document's base. */
  get overBase(): readonly Fields[] {
    return this.layers.slice(1).map(({ given }) => given);
  }

  /** Where the value at a path (or its key) was written or removed; else the place of the nearest value around it. */
  originOf(path: FieldPath, inKey = false): Origin {
    const { by } = this.layerOf(path);
    if ('set' in by) return { field: formatPath(path), set: by.set.given };
    const { yaml } = by.document;
    const whole = inPart(by, path);
    return {
      environment: by.environment,
      file: yaml.file,
      line: yaml.positionOf(whole, inKey).line,
      field: formatPath(whole),
    };
  }

  /** The merged values of Defaults. */
  get inherited(): Fields {
    return this.ownBase.below;
  }

  /** Whether there are Defaults below the document. */
  get inherits(): boolean {
    return this.layers[0] !== this.ownBase;
  }

  /** Whether the value at a path comes from Defaults. */
  isInherited(path: FieldPath): boolean {
    const { by } = this.layerOf(path);
    return !('set' in by) && by.document !== this.own;
  }

  /** The place of a value, or of its key, for a message. */
  placeOf(path: FieldPath, inKey = false): Place & { readonly field: string } {
    const { by } = this.layerOf(path);
    if (!('set' in by)) {
      const whole = inPart(by, path);
      const { yaml } = by.document;
      return { file: yaml.file, ...yaml.positionOf(whole, inKey), field: formatPath(whole) };
    }
    const isWhole = formatPath(path) === formatPath(by.set.path);
    return { field: isWhole ? by.set.given : `${by.set.given}: ${formatPath(path)}` };
  }

  /** The value of `--set` at exactly this path. */
  setAt(path: FieldPath): SetValue | undefined {
    const set = this.setAround(path);
    return set !== undefined && formatPath(path) === formatPath(set.path) ? set : undefined;
  }

  /** The value of `--set` from which the value at a path, or a part of it, comes. */
  setAround(path: FieldPath): SetValue | undefined {
    const { by } = this.layerOf(path);
    return 'set' in by ? by.set : undefined;
  }

  /** The value in a file that the last layer of a path replaces, and its place. */
  replacedAt(path: FieldPath): WrittenValue | undefined {
    const layer = this.layerOf(path);
    const under = 'set' in layer.by ? this.layers.find(({ by }) => 'set' in by) : layer;
    return under && this.writtenBelow(under, path);
  }

  /** The value that Defaults give a path for this document, and its place. */
  inheritedAt(path: FieldPath): WrittenValue | undefined {
    return this.writtenBelow(this.ownBase, path);
  }

  private writtenBelow(layer: Layer, path: FieldPath): WrittenValue | undefined {
    const value = valueAt(layer.below, path);
    if (value === undefined) return undefined;
    const { by } = this.layerOf(path, this.layers.slice(0, this.layers.indexOf(layer)));
    if ('set' in by) return undefined;
    const { yaml } = by.document;
    return { value, file: yaml.file, line: yaml.positionOf(inPart(by, path)).line };
  }

  /** The null at a path, if it removes nothing. */
  nullWithoutValue(path: FieldPath): NullWithoutValue | undefined {
    const layer = this.layers.find(
      ({ given, below }) => valueAt(given, path) === null && valueAt(below, path) === undefined,
    );
    if (layer === undefined) return undefined;
    const { by, below } = layer;
    const around = valueAt(below, path.slice(0, -1));
    const isBase = !('set' in by) && by.environment === undefined;
    return {
      keys: isMap(around) ? Object.keys(around) : [],
      over: layer === this.layers[0] ? 'nothing' : isBase ? 'Defaults' : 'base',
      isWritten: 'set' in by || by.document.yaml.plainAt(inPart(by, path)) !== '',
    };
  }

  /** The base of the document itself. */
  private get ownBase(): Layer {
    return this.layers.find(({ by }) => !('set' in by) && by.document === this.own) as Layer;
  }

  /** The last layer that sets a path, else the document's own base. */
  private layerOf(path: FieldPath, layers = this.layers): Layer {
    return lastLayerAt(path, layers) ?? this.ownBase;
  }
}
