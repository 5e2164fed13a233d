import leven from 'leven';
import { printable } from './printable.js';
import { hidePasswords } from './secrets.js';

/** `expected a whole number from 1 to 100, got 0`; `missing; expected …` if the value is undefined. */
export function expected(what: string, value: unknown): string {
  return value === undefined ? `missing; expected ${what}` : `expected ${what}, got ${inspect(value)}`;
}

/** `A, B or C`: the allowed words, for `expected`. */
export function oneOf(words: readonly string[]): string {
  return words.length <= 1 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Most keys of a map in a message. */
const MOST_KEYS = 8;
const FIRST_KEYS = 4;

/** `a map with port, servicePort or healthPath`. Of many keys, the required ones and the first are named. */
export function mapWith(keys: readonly string[], isRequired: (key: string) => boolean): string {
  if (!hasManyKeys(keys)) return `a map with ${oneOf(keys)}`;
  const required = keys.filter(isRequired);
  const first = [...new Set([...required, ...keys])].slice(0, Math.max(FIRST_KEYS, required.length));
  return `a map with ${first.join(', ')} or ${keys.length - first.length} other keys`;
}

/** Whether `mapWith` leaves some keys out. */
export function hasManyKeys(keys: readonly string[]): boolean {
  return keys.length > MOST_KEYS;
}

/** The types of JSON Schema in words. */
export const TYPES_IN_WORDS = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
} as const;

/** Hint for a number or boolean where text belongs. It names no value: YAML reads `3.10` as 3.1. */
export const PUT_IN_QUOTES = 'put it in quotes, as you wrote it';

/** A value as the user would write it, shortened and on one line. */
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

/** Message and hint about an item that is twice in a list. @param first index of the first one, from 0 */
export function inListAlready(item: unknown, first: number) {
  const message = `${inspect(item)} is in the list already, as number ${first + 1}`;
  return { message, hint: 'remove one of the two' };
}

/** `; did you mean "workers"?` if a known name is similar, otherwise an empty text. */
export function didYouMean(name: string, known: readonly string[]): string {
  const hint = nearestName(name, known);
  return hint === undefined ? '' : `; ${hint}`;
}

/** `did you mean "workers"?`, as the hint of a diagnostic; undefined if no known name is similar. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const near = nearest(name, known);
  return near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`;
}

/**
 * Longer names get no hint: they are no typing errors, and the time to compare two names is the product of their
 * lengths.
 */
const LONGEST_GUESSED = 100;

/** Among more names, one that is almost the same is no typing error, and a comparison with each takes long. */
const MOST_COMPARED = 1000;

/** The known name that is most similar; undefined if none is similar. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST_GUESSED) return undefined;
  const longer = name.length < 3 ? [] : known.filter((candidate) => candidate.startsWith(name));
  if (longer.length === 1 && !known.includes(name)) return longer[0];
  const limit = name.length < 3 ? 1 : Math.max(2, Math.floor(name.length / 3));
  const maxDistance = limit + 1; // leven stops there
  return known
    .map((candidate) => ({
      candidate,
      distance: leven(name.toLowerCase(), candidate.toLowerCase(), { maxDistance }),
    }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)[0]?.candidate;
}

/**
 * The known name from which a name of the user's choice differs by one letter, or by the order of its letters. Undefined for
 * names of a series: `worker-a`, `worker-b`, `worker`, `worker2`.
 */
export function mistypedName(name: string, known: readonly string[]): string | undefined {
  const start = (text: string) => text.replace(/-?[a-z0-9]$/i, '');
  const withoutNumber = (text: string) => text.replace(/-?[0-9]+$/, '');
  const areInSeries = (other: string) =>
    start(name) === start(other) || withoutNumber(name) === withoutNumber(other);
  const isLike = (other: string) =>
    Math.abs(name.length - other.length) < 2 &&
    (leven(name, other, { maxDistance: 2 }) === 1 || haveSameLetters(name, other));
  if (name.length > LONGEST_GUESSED || known.length > MOST_COMPARED) return undefined;
  return known.find((other) => other !== name && isLike(other) && !areInSeries(other));
}

/** The sum first: to sort the letters of each of a thousand names takes long. */
function haveSameLetters(one: string, other: string): boolean {
  const sum = (text: string) => [...text].reduce((all, letter) => all + (letter.codePointAt(0) ?? 0), 0);
  const letters = (text: string) => [...text].toSorted().join('');
  return one.length === other.length && sum(one) === sum(other) && letters(one) === letters(other);
}

/** Most names in a message. */
const MOST_NAMED = 30;

/** `known are dev, production`: the allowed names, or the first of them if there are very many. */
export function knownAre(known: readonly string[]): string {
  const more = known.length - MOST_NAMED;
  return `known are ${known.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Most keys of a map that a message lists if another place lists them, too. */
const MOST_LISTED = 12;

/** A hint that names the place of a list of keys instead of the keys, if they are many. @param place a command or a page */
export function withShortList(hint: string, known: readonly string[], place: string): string {
  return known.length > MOST_LISTED ? hint.replace(knownAre(known), () => `${place} lists the keys`) : hint;
}

/** Most related names in a message. */
const MOST_RELATED = 3;

/**
 * `; did you mean "imagePullPolicy"?` for the name `pullPolicy`: known names that contain its words, or are some of its
 * words; otherwise an empty text.
 */
export function orRelated(name: string, known: readonly string[]): string {
  if (name.length > LONGEST_GUESSED) return '';
  const words = (text: string) => `-${text.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|_/g, '-').toLowerCase()}-`;
  const related = known.filter(
    (other) => words(other).includes(words(name)) || words(name).includes(words(other)),
  );
  if (related.length === 0) return '';
  return `; did you mean ${oneOf(related.slice(0, MOST_RELATED).map((other) => JSON.stringify(other)))}?`;
}

/** A name in a message: as it is, or in quotes if it contains characters that do not print. */
export function inspectName(name: string): string {
  const start = beginning(name);
  return /[^.]/.test(start) && printable(start) === start ? shortened(start) : quoted(name);
}

function quoted(text: string): string {
  // Hide first: a cut URL would end within its password.
  return shortened(printable(JSON.stringify(beginning(hidePasswords(text.slice(0, LONGEST_READ))))));
}

const LONGEST_SHOWN = 80;
const LONGEST_READ = 2000;

/** The start of a text, enough to show it shortened. The rest may be megabytes. */
function beginning(text: string): string {
  return text.slice(0, 2 * LONGEST_SHOWN + 2); // a character has at most two units
}

/** A text of at most 80 characters. */
export function shortened(text: string): string {
  const characters = [...beginning(text)];
  return characters.length <= LONGEST_SHOWN ? text : `${characters.slice(0, LONGEST_SHOWN - 3).join('')}...`;
}
