/** Runs of a property: `npm run test:random` tries five times as many, or FAST_CHECK_FACTOR times. */
export function runs(number: number): number {
  return number * ((globalThis as { readonly fastCheckFactor?: number }).fastCheckFactor ?? 1);
}
