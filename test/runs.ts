/** Runs of a property: `npm run test:random` tries five times as many. */
export function runs(number: number): number {
  return number * ((globalThis as { readonly fastCheckFactor?: number }).fastCheckFactor ?? 1);
}
