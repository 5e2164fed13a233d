import leven from 'leven';
import { printable } from './printable.js';

/** `expected a whole number from 1 to 100, got 0`; `missing; expected …` where there is no value at all. */
export function expected(what: string, value: unknown): string {
  return value === undefined ? `missing; expected ${what}` : `expected ${what}, got ${inspect(value)}`;
}

/** What to do about a number or a truth where text was meant: YAML has read it already, and `3.10` is 3.1 by then. */
export const PUT_IN_QUOTES = 'put it in quotes, as you wrote it';

/** A value as one would write it, on one line and short. */
export function inspect(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const keys = Object.keys(value);
  return keys.length === 0
    ? 'an empty map'
    : shortened(printable(beginning(`a map with ${keys.slice(0, LONGEST_SHOWN).join(', ')}`)));
}

/** What is wrong with an item that a list has before. @param first where, from 0 */
export function inListAlready(item: unknown, first: number): string {
  return `${inspect(item)} is in the list already, as number ${first + 1}; remove one of the two`;
}

/** `; did you mean "workers"?` when a known name is near, else nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const hint = nearestName(name, known);
  return hint === undefined ? '' : `; ${hint}`;
}

/** `did you mean "workers"?`, as the hint of a diagnostic; undefined if no known name is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const near = nearest(name, known);
  return near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`;
}

/** A longer name is no typing error. The distance of two names takes the product of their lengths. */
const LONGEST_GUESSED = 100;

function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST_GUESSED) return undefined;
  const limit = name.length < 3 ? 1 : Math.max(2, Math.floor(name.length / 3));
  const maxDistance = limit + 1; // leven gives no more than that
  return known
    .map((candidate) => ({
      candidate,
      distance: leven(name.toLowerCase(), candidate.toLowerCase(), { maxDistance }),
    }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** A list in a message names this many at most. */
const MOST_NAMED = 30;

/** `known are dev, production`: the names that are allowed, or the first of very many. */
export function knownAre(known: readonly string[]): string {
  const more = known.length - MOST_NAMED;
  return `known are ${known.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A name as it stands in a sentence: as it is, or in quotes where it would not be seen as it is. */
export function inspectName(name: string): string {
  const start = beginning(name);
  return /[^.]/.test(start) && printable(start) === start ? shortened(start) : quoted(name);
}

function quoted(text: string): string {
  return shortened(printable(JSON.stringify(beginning(text))));
}

const LONGEST_SHOWN = 80;

/** Enough of a text to show it shortened: a text of megabytes is not read as a whole. */
function beginning(text: string): string {
  return text.slice(0, 2 * LONGEST_SHOWN + 2); // two units for a character at most
}

function shortened(text: string): string {
  const characters = [...beginning(text)];
  return characters.length <= LONGEST_SHOWN ? text : `${characters.slice(0, LONGEST_SHOWN - 3).join('')}...`;
}
