import { scalarText } from '../../diagnostics/scalar-text.js';
import { identity } from '../../kubernetes/identity.js';
import { mapAt, type Manifest } from '../../kubernetes/manifest.js';
import { Quantity, QUANTITY } from '../../kubernetes/quantity.js';
import { matches } from '../../kubernetes/text-formats.js';
import { fieldChanges, type FieldChange } from '../../output/diff/field-changes.js';
import { withoutDefaults } from './without-defaults.js';

/** A field that differs between an object of the chart and ours. */
export interface Difference {
  /** Kind and name. */
  readonly kind: string;
  readonly name: string;
  /** From the outside in, a list's item by its name. Empty: the whole object. */
  readonly path: readonly string[];
  /** Undefined if the chart does not set it. */
  readonly theirs: unknown;
  /** Undefined if ours does not set it. */
  readonly ours: unknown;
}

/** Compares objects of a chart with ours, as the API server reads them. */
export function differences(theirs: readonly Manifest[], ours: readonly Manifest[]): Difference[] {
  const [before, after] = [byIdentity(theirs), byIdentity(ours)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [their, our] = [before.get(key), after.get(key)];
    const { kind, metadata } = (our ?? their) as Manifest;
    const object = { kind: scalarText(kind), name: scalarText((metadata as Manifest | undefined)?.['name']) };
    if (their === undefined || our === undefined) return [{ ...object, path: [], theirs: their, ours: our }];
    return fieldChanges(withoutDefaults(their), withoutDefaults(our))
      .flatMap(byKey)
      .filter((change) => change.order !== true && !isSameAmount(change))
      .map(({ path, before: theirs, after: ours }) => ({ ...object, path, theirs, ours }));
  });
}

/** Kinds are enough: ours and theirs may have another version, and the chart's may have no namespace. */
function byIdentity(objects: readonly Manifest[]): Map<string, Manifest> {
  return new Map(
    objects.map((manifest) => {
      const { namespace: _, ...metadata } = mapAt(manifest, 'metadata');
      return [String(identity({ ...manifest, metadata })), { ...manifest, metadata }];
    }),
  );
}

/** Labels and annotations each have a meaning of their own. */
function byKey(change: FieldChange): FieldChange[] {
  const { path, before, after } = change;
  if (!MAPS.has(path.at(-1) ?? '') || (before !== undefined && after !== undefined)) return [change];
  return fieldChanges(before ?? {}, after ?? {}, path).flatMap(byKey);
}

const MAPS = new Set(['metadata', 'labels', 'annotations']);

function isSameAmount({ before, after }: FieldChange): boolean {
  const [one, other] = [before, after].map(String);
  if (one === undefined || other === undefined || !matches(QUANTITY, one) || !matches(QUANTITY, other))
    return false;
  return String(Quantity.parse(one)) === String(Quantity.parse(other));
}
