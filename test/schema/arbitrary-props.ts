import fc from 'fast-check';
import type { AnyKey, Keys } from '../../src/schema/key.js';
import { mostly, someOf, valuesOf } from './arbitrary-values.js';

// Made from the keys themselves: a new key takes part in the property tests by itself.

/** A value, and the props that the examples of its keys need beside it. */
interface Chosen {
  readonly value: unknown;
  readonly needs: readonly object[];
}

type Props = Readonly<Record<string, unknown>>;

/**
 * Props with the required keys and some of the others, each mostly valid by itself.
 *
 * @param most the most keys beside the required ones; a map in them has at most 4
 */
export function anyProps(keys: Keys, most?: number): fc.Arbitrary<Props> {
  return chosenOf(keys, most).map(({ value, needs }) => [...needs, value as Props].reduce<Props>(merge, {}));
}

function chosenOf(keys: Keys, most?: number): fc.Arbitrary<Chosen> {
  const each = Object.entries(keys).map(([name, key]) => [name, chosenFor(key)]);
  const required = Object.keys(keys).filter((name) => keys[name]?.isRequired);
  const some = someOf(Object.fromEntries(each) as Record<string, fc.Arbitrary<Chosen>>, required, most);
  return some.map((chosen) => ({
    value: Object.fromEntries(Object.entries(chosen).map(([name, { value }]) => [name, value])),
    needs: Object.values(chosen).flatMap(({ needs }) => needs),
  }));
}

function chosenFor(key: AnyKey): fc.Arbitrary<Chosen> {
  const forms: fc.Arbitrary<Chosen>[] = key.keys === undefined ? [] : [chosenOf(key.keys)];
  const isSwitch = key.keys !== undefined && key.schema().safeParse(true).success;
  if (isSwitch) forms.push(alone(fc.boolean()));
  if (key.keys === undefined) forms.push(alone(valuesOf(key.schema())), alone(mostly(fc.constant(key.example))));
  return fc.tuple(fc.oneof(...forms), fc.nat(19)).map(([{ value, needs }, chance]) => ({
    value,
    needs: key.needs === undefined || chance === 0 ? needs : [key.needs, ...needs],
  }));
}

const alone = (values: fc.Arbitrary<unknown>) => values.map((value): Chosen => ({ value, needs: [] }));

/** The other object's fields over those of the first, maps merged. */
function merge(first: Props, other: object): Props {
  const merged: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(other)) {
    const before = merged[name];
    const isMerged = isMap(before) && isMap(value);
    Object.defineProperty(merged, name, {
      value: isMerged ? merge(before, value) : value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return merged;
}

function isMap(value: unknown): value is Props {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
