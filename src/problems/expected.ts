import leven from 'leven';

/** `expected a whole number from 1 to 100, got 0`; `missing; expected …` where there is no value at all. */
export function expected(what: string, value: unknown): string {
  return value === undefined ? `missing; expected ${what}` : `expected ${what}, got ${shown(value)}`;
}

/** What to do about a number or a truth where text was meant: YAML has read it already, and `3.10` is 3.1 by then. */
export const PUT_IN_QUOTES = 'put it in quotes, as you wrote it';

/** A value as one would write it, on one line and short. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty map' : shortened(printable(`a map with ${keys.join(', ')}`));
}

/** What is wrong with an item that a list has before. @param first where, from 0 */
export function inListAlready(item: unknown, first: number): string {
  return `${shown(item)} is in the list already, as number ${first + 1}; remove one of the two`;
}

/** `; did you mean "workers"?` when a known name is near, else nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
}

function nearest(name: string, known: readonly string[]): string | undefined {
  const limit = name.length < 3 ? 1 : Math.max(2, Math.floor(name.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: leven(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** A name as it stands in a sentence: as it is, or in quotes where it would not be seen as it is. */
export function shownName(name: string): string {
  return /[^.]/.test(name) && printable(name) === name ? shortened(name) : quoted(name);
}

function quoted(text: string): string {
  return shortened(printable(JSON.stringify(text)));
}

/** Without characters that would break a line, move the cursor, or turn the direction of writing. */
function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  );
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= 80 ? text : `${characters.slice(0, 77).join('')}...`;
}
