import { PORT } from '../kubernetes/whole-number.js';

export function isPort(number: unknown): number is number {
  return Number.isInteger(number) && (number as number) >= PORT.min && (number as number) <= PORT.max;
}

/** The fix of a port number that is written as text. */
export function quotedPort(given: unknown): string | undefined {
  return isNumberAsText(given) && isPort(Number(given)) ? 'remove the quotes' : undefined;
}

export function isNumberAsText(given: unknown): given is string {
  return typeof given === 'string' && /^[0-9]+$/.test(given);
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
