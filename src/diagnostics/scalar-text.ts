/**
 * Text of a value: of a text, number, boolean or null as `String` gives it; empty for a map, a list or undefined. `String`
 * of a user's map throws where the map has a key `toString`.
 */
export function scalarText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'object' && value !== null ? '' : String(value);
}
