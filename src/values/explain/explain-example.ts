import type { FieldPath } from '../../diagnostics/field-path.js';
import { isMap, type Manifest } from '../../kubernetes/manifest.js';
import { fieldDiagnostics } from '../../schema/field-diagnostics.js';
import type { AnyKey, Keys } from '../../schema/key.js';
import { exampleOf as smallestObject } from '../../schema/object-of-keys.js';
import { documentSchema } from '../document/document-schema.js';
import { DEFAULT_KIND, KINDS, type Kind } from '../kinds.js';
import { ENVIRONMENTS } from '../document/written-document.js';

// The example of a key, with the keys around it and beside it that make it valid.

/** A key on the way from the top to the explained key. */
export interface KeyOnTheWay {
  readonly path: FieldPath;
  /** The example of the key itself. */
  readonly example: unknown;
  /** Whether the user chooses the key. */
  readonly isFree: boolean;
  /** The required keys of the map that has it, with examples. */
  readonly required: object;
}

/** A valid example of the last key. Undefined if neither the key nor one around it has an example with it. */
export function exampleInPlace(kind: Kind, way: readonly KeyOnTheWay[]): unknown {
  const last = way.at(-1);
  if (last === undefined) return undefined;
  const { path, example } = last;
  const { keys } = KINDS[kind];
  const required = way.slice(1).map((one) => inMaps(one.path.slice(0, -1), one.required));
  const needs = way.map((one) => neededBy(keys, one.path));
  const inherited = way
    .slice(0, -1)
    .filter((one) => one.example !== undefined)
    .map((one) => renamed(inMaps(one.path, one.example), way));
  const whole = inherited.toReversed().find((one) => has(one, path));
  const own = example === undefined ? undefined : inMaps(path, example);
  const candidates = [
    ...(own === undefined
      ? []
      : [[own], [own, ...required, ...needs], [own, ...needs, ...inherited.toReversed()]]),
    ...(whole === undefined ? [] : [[whole], [whole, ...required], [whole, ...needs, ...inherited]]),
  ].map((parts) => parts.reduce(joined));
  return candidates.find((one) => isAccepted(kind, one));
}

/** Whether a kind accepts an example beside its required keys. */
function isAccepted(kind: Kind, example: unknown): boolean {
  const { keys, check } = KINDS[kind];
  const { [ENVIRONMENTS]: _, ...given } = { ...smallestObject(keys), ...(example as object) } as Manifest;
  if (fieldDiagnostics(documentSchema(kind), given).length > 0) return false;
  const { delivery: __, ...props } = given;
  // The constraints of other kinds need the operator's schemas, which take long to load.
  return kind !== DEFAULT_KIND || check(props).problems === undefined;
}

/** A value with the maps and lists around it. */
function inMaps(path: FieldPath, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => (key === 0 ? [inner] : { [key]: inner }), value);
}

/** Both values as one: maps and items are joined, and of two other values the first counts. */
function joined(first: unknown, second: unknown): unknown {
  if (Array.isArray(first) && Array.isArray(second))
    return Array.from({ length: Math.max(first.length, second.length) }, (_, i) =>
      joined(first[i] as unknown, second[i] as unknown),
    );
  if (!isMap(first) || !isMap(second)) return first === undefined ? second : first;
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  return Object.fromEntries([...keys].map((key) => [key, joined(first[key], second[key])]));
}

/** An example whose first entry has the name that the user chose, and is the only one. */
function renamed(example: unknown, way: readonly KeyOnTheWay[]): unknown {
  return way
    .filter(({ isFree }) => isFree)
    .reduce<unknown>((whole, { path }) => {
      const name = String(path.at(-1));
      return changedAt(whole, path.slice(0, -1), (entries) =>
        isMap(entries) && Object.keys(entries).length > 0 ? { [name]: Object.values(entries)[0] } : entries,
      );
    }, example);
}

function changedAt(value: unknown, [key, ...inner]: FieldPath, change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item, i) => (i === key ? changedAt(item, inner, change) : item) as unknown);
  return isMap(value) && Object.hasOwn(value, key)
    ? { ...value, [key]: changedAt(value[key], inner, change) }
    : value;
}

/** Whether an example contains a key: in any item where the path leads through a list. */
function has(example: unknown, [key, ...inner]: FieldPath): boolean {
  if (key === undefined) return true;
  if (Array.isArray(example)) return example.some((item) => has(item, inner));
  return isMap(example) && Object.hasOwn(example, key) && has(example[key], inner);
}

/** The other keys that the example of a key needs, in the maps and lists around them. */
function neededBy(keys: Keys, path: FieldPath): unknown {
  let [known, start]: [Keys | undefined, number] = [keys, 0];
  for (let i = 0; i < path.length; i++) {
    const definition: AnyKey | undefined = known?.[String(path[i])];
    if (i === path.length - 1) return definition?.needs && inMaps(path.slice(0, start), definition.needs);
    if (definition?.items !== undefined || definition?.entries !== undefined) {
      [known, start] = [definition.items ?? definition.entries, i + 2];
      i += 1; // the index of the item, or the name of the entry
    } else known = definition?.keys;
  }
  return undefined;
}
