import type { z } from 'zod';
import { memo } from '../memo.js';
import type { Place } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { isMap, own } from '../kubernetes/manifest.js';
import { mergeValues } from '../schema/merge-values.js';
import { nestedIn, type SetValue } from './set-values.js';
import type { YamlDocument } from '../yaml/yaml-document.js';

type Path = readonly (string | number)[];
type Fields = Readonly<Record<string, unknown>>;

/** Where a value is written: in a file, or in an option of the command. */
export interface Origin {
  /** The environment that sets it; undefined for the base. */
  readonly environment?: string | undefined;
  /** Line in the file, from 1; undefined for an option. */
  readonly line?: number;
  /** The field's path in the file: `workers`, `environments.production.workers`. */
  readonly field: string;
  /** The option, as the user gave it: `--set shop.workers=4`. */
  readonly set?: string;
}

/** The key of a document's environments. */
export const ENVIRONMENTS = 'environments';

/** Values that are merged over others. */
interface Layer {
  /** Their place: in the base, in an environment, or in an option. */
  readonly by: { readonly environment?: string | undefined; readonly set?: SetValue };
  readonly given: Fields;
  /** The merged values below this layer. */
  readonly below: Fields;
}

/** The values of a document, as written in its file. */
export interface WrittenValues {
  readonly yaml: YamlDocument;
  readonly schema: z.ZodType;
  /** The values of every environment. */
  readonly base: Fields;
  /** The environment and its values, if there are environments. */
  readonly environment?: string;
  readonly given?: Fields;
}

/** The values of a document in one environment (or without environments), with their places. */
export class EnvironmentValues {
  readonly environment: string | undefined;

  /** The environment's values merged into the base's; then the values of `--set`. */
  readonly value: Fields;

  /** The values without `delivery`. */
  readonly props: Fields;

  /** The name of the object, as the file gives it. */
  readonly name: unknown;

  /** The place of the name. */
  readonly placeOfName = memo(() => this.placeOf(['name']));

  /** The values of `--set` for this document. */
  readonly sets: readonly SetValue[];

  /** From the base to the last value of `--set`. */
  private readonly layers: readonly Layer[];

  private readonly yaml: YamlDocument;

  /** @param sets values for documents of any name */
  constructor({ yaml, schema, base, environment, given }: WrittenValues, sets: readonly SetValue[] = []) {
    this.yaml = yaml;
    this.environment = environment;
    const layers: Layer[] = [{ by: {}, given: base, below: {} }];
    let value = base;
    const add = (by: Layer['by'], given: Fields) => {
      layers.push({ by, given, below: value });
      value = mergeValues(schema, value, given) as Fields;
    };
    if (environment !== undefined) add({ environment }, given ?? {});
    this.name = value['name'];
    this.sets = sets.filter(({ name }) => name === this.name);
    for (const set of this.sets) add({ set }, nestedIn(set));
    this.layers = layers;
    this.value = value;
    const { delivery: _, ...props } = value;
    this.props = props;
  }

  /** The values that environment and options set over the base's. */
  get overBase(): readonly Fields[] {
    return this.layers.slice(1).map(({ given }) => given);
  }

  /** Where the value at a path (or its key) was written or removed; else the place of the nearest value around it. */
  originOf(path: Path, inKey = false): Origin {
    const { environment, set } = this.layerOf(path).by;
    if (set !== undefined) return { field: formatPath(path), set: set.given };
    const whole = inEnvironment(environment, path);
    return { environment, line: this.yaml.positionOf(whole, inKey).line, field: formatPath(whole) };
  }

  /** The place of a value, or of its key, for a message. */
  placeOf(path: Path, inKey = false): Place & { readonly field: string } {
    const { set } = this.layerOf(path).by;
    if (set === undefined) {
      const whole = inEnvironment(this.layerOf(path).by.environment, path);
      return { file: this.yaml.file, ...this.yaml.positionOf(whole, inKey), field: formatPath(whole) };
    }
    const isWhole = formatPath(path) === formatPath(set.path);
    return { field: isWhole ? set.given : `${set.given}: ${formatPath(path)}` };
  }

  /** The value of `--set` at exactly this path. */
  setAt(path: Path): SetValue | undefined {
    const { set } = this.layerOf(path).by;
    return set !== undefined && formatPath(path) === formatPath(set.path) ? set : undefined;
  }

  /** The value in the file that the environment or an option replaces, and its line. */
  replacedAt(path: Path): { readonly value: unknown; readonly line: number } | undefined {
    const layer = this.layerOf(path);
    const under = layer.by.set === undefined ? layer : this.layers.find(({ by }) => by.set !== undefined);
    const value = valueAt(under?.below, path);
    if (under === undefined || value === undefined) return undefined;
    const { environment } = this.layerOf(path, this.layers.slice(0, this.layers.indexOf(under))).by;
    const whole = inEnvironment(environment, path);
    return { value, line: this.yaml.positionOf(whole).line };
  }

  /** If null at a path removes nothing: the keys beside it that could be removed. */
  keysBesideNull(path: Path): readonly string[] | undefined {
    const layer = this.layers
      .slice(1)
      .find(({ given, below }) => valueAt(given, path) === null && valueAt(below, path) === undefined);
    if (layer === undefined) return undefined;
    const around = valueAt(layer.below, path.slice(0, -1));
    return isMap(around) ? Object.keys(around) : [];
  }

  /** The last layer that sets a path: it replaced a value around it, or contains at least as much of it as those below. */
  private layerOf(path: Path, layers = this.layers): Layer {
    const layer = layers.findLast(({ given, below }) => {
      const { depth, replaces } = walk(given, path);
      return depth > 0 && (replaces || depth >= walk(below, path).depth);
    });
    return layer ?? (layers[0] as Layer);
  }
}

/** The path of a value in the file. */
function inEnvironment(environment: string | undefined, path: Path): Path {
  return environment === undefined ? path : [ENVIRONMENTS, environment, ...path];
}

function valueAt(values: unknown, path: Path): unknown {
  const { depth, value } = walk(values, path);
  return depth === path.length ? value : undefined;
}

/** Follows a path: its depth, the value there, and whether a value on the way replaces, as it is not a map. */
function walk(start: unknown, path: Path): { depth: number; value: unknown; replaces: boolean } {
  let value = start;
  let replaces = false;
  for (const [depth, key] of path.entries()) {
    replaces ||= !isMap(value);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
      return { depth, value, replaces };
    value = own(value as Record<string, unknown>, key);
  }
  return { depth: path.length, value, replaces };
}
