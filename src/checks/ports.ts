import { PORT } from '../kubernetes/whole-number.js';

export function isPort(number: unknown): number is number {
  return Number.isInteger(number) && (number as number) >= PORT.min && (number as number) <= PORT.max;
}

/** Returns the items whose key an earlier item has. */
export function repeated<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (key === undefined) return false;
    const again = seen.has(key);
    seen.add(key);
    return again;
  });
}
