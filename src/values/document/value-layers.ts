import type { z } from 'zod';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { isMap, own } from '../../kubernetes/manifest.js';
import { mergeValues } from '../../schema/merge-values.js';
import { nestedIn, type SetValue } from '../set-values.js';
import { ENVIRONMENTS, type WrittenDocument } from './written-document.js';

type Fields = Readonly<Record<string, unknown>>;

/** The base of a document, or its values in an environment. */
interface Part {
  readonly document: WrittenDocument;
  readonly environment?: string;
}

/** Values that are merged over others. */
export interface Layer {
  /** Their place: in a document, or in an option. */
  readonly by: Part | { readonly set: SetValue };
  readonly given: Fields;
  /** The merged values below this layer. */
  readonly below: Fields;
}

/** The documents that values come from. */
export interface WrittenValues {
  readonly schema: z.ZodType;
  /** Defaults, the outermost folder first; then the document itself. */
  readonly documents: readonly WrittenDocument[];
  /** The environment, if the document has environments. */
  readonly environment?: string | undefined;
}

/** Values merged from layers. */
interface MergedLayers {
  /** From the outermost Defaults to the last value of `--set`. */
  readonly layers: readonly Layer[];
  readonly value: Fields;
  /** The name of the object, as the file gives it. */
  readonly name: unknown;
  /** The values of `--set` that are for this document. */
  readonly sets: readonly SetValue[];
}

/** Merges the documents of an environment in their order, then the values of `--set` for its name. */
export function mergeLayers(
  { schema, documents, environment }: WrittenValues,
  sets: readonly SetValue[],
): MergedLayers {
  const layers: Layer[] = [];
  let value: Fields = {};
  const add = (by: Layer['by'], given: Fields, merged = mergeValues(schema, value, given) as Fields) => {
    layers.push({ by, given, below: value });
    value = merged;
  };
  for (const [i, document] of documents.entries()) {
    const { base, environments } = document;
    add({ document }, base, i === 0 ? base : (mergeValues(schema, value, base, true) as Fields));
    const given = environment === undefined ? undefined : environments?.get(environment);
    if (environment !== undefined && given !== undefined) add({ document, environment }, given);
  }
  const { name } = value;
  const ofName = sets.filter((set) => set.name === name);
  for (const set of ofName) add({ set }, nestedIn(set));
  return { layers, value, name, sets: ofName };
}

/** The last layer that sets a path: it replaced a value around it, or contains at least as much of it as those below. */
export function lastLayerAt(path: FieldPath, layers: readonly Layer[]): Layer | undefined {
  return layers.findLast(({ given, below }) => {
    const { depth, replaces } = follow(path, given);
    return depth > 0 && (replaces || depth >= follow(path, below).depth);
  });
}

/** Follows a path: how many of its keys are there, and whether a value on the way replaces, as it is not a map. */
function follow(path: FieldPath, start: unknown): { readonly depth: number; readonly replaces: boolean } {
  let value = start;
  let replaces = false;
  for (const [depth, key] of path.entries()) {
    replaces ||= !isMap(value);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return { depth, replaces };
    value = own(value as Record<string, unknown>, key);
  }
  return { depth: path.length, replaces };
}

/** The path of a value in its file. */
export function inPart({ environment }: Part, path: FieldPath): FieldPath {
  return environment === undefined ? path : [ENVIRONMENTS, environment, ...path];
}
