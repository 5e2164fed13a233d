import * as z from 'zod';
import { scalarText } from '../../diagnostics/scalar-text.js';
import { isMap, own } from '../../kubernetes/manifest.js';
import { alternatives } from '../../schema/schema-walk.js';
import { commandWords } from '../../servers/words.js';
import { exampleOf } from './schema-examples.js';

// Forms that a value of the wrong form may have been meant to have. Not all of them are valid.

type Fields = Readonly<Record<string, unknown>>;
type Schema = z.core.$ZodType | undefined;

/** Forms with the same meaning as a value. */
export function formsOfValue(given: unknown, field: Schema): unknown[] {
  if (Array.isArray(given)) return given.length === 0 ? [{}] : formsOfList(given);
  if (isMap(given)) return Object.keys(given).length === 0 ? [[]] : formsOfMap(given);
  return [...formsOfScalar(given), ...underFirstKey(given, field)];
}

/** The map of `[A=1]` or `[{ A: 1 }]`; the only item. */
function formsOfList(items: readonly unknown[]): unknown[] {
  const maps = items.map((item) => (isMap(item) ? item : pairIn(item)));
  const areWords = items.every((item) => typeof item === 'string');
  const isNamed = maps.some((map) => map !== undefined && Object.hasOwn(map, 'name'));
  const merged = isNamed || maps.includes(undefined) ? [] : [Object.assign({}, ...maps) as Fields];
  return [...merged, ...(areWords ? asHandler(items) : []), ...(items.length === 1 ? items : [])];
}

/** The words of a command as the handler of a probe or of a lifecycle. */
function asHandler(words: readonly string[]): unknown[] {
  return [{ command: words }, { exec: { command: words } }];
}

/** Keys of maps with one value, in Kubernetes and Helm charts. */
const WRAPPERS = new Set(['name', 'value', 'enabled']);

/** A map as the item of a list, or as a list of names and values; its only value. */
function formsOfMap(map: Fields): unknown[] {
  const [[key = '', only] = [], ...others] = Object.entries(map);
  const named = Object.entries(map).map(([name, value]) =>
    isMap(value) ? { name, ...value } : { name, value: scalarText(value) },
  );
  const under = (field: string) => Object.entries(map).map(([name, value]) => ({ name, [field]: value }));
  return [[map], named, ...OF_NAMED.map(under), ...(others.length === 0 && WRAPPERS.has(key) ? [only] : [])];
}

/** Fields of Kubernetes' ports and mounts, which are beside a name. */
const OF_NAMED = ['containerPort', 'mountPath'];

/** Booleans of YAML 1.1, and booleans in quotes. */
const BOOLEANS: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  true: true,
  no: false,
  off: false,
  false: false,
};

function formsOfScalar(given: unknown): unknown[] {
  if (typeof given !== 'string') return [[given]];
  const words = given.includes(' ') ? commandWords(given) : [];
  const lists = [words, given.split(/[,\s]+/)].filter((list) => list.length > 1);
  const handlers = words.length > 1 ? asHandler(words) : [];
  const path = /^[\w-][\w/-]*$/.test(given) ? `/${given}` : undefined;
  const number = /^-?[0-9]{1,15}$/.test(given) ? Number(given) : undefined;
  const forms = [
    own(BOOLEANS, given.toLowerCase()),
    number,
    pairIn(given),
    path,
    ...lists,
    [given],
    ...handlers,
  ];
  return forms.filter((form) => form !== undefined);
}

/** A value as the first key of a map, or of an item: `{ port: 8000 }`; a command line word by word. */
function underFirstKey(given: unknown, field: Schema): unknown[] {
  const maps = (form: Schema) =>
    keysIn(form)
      .slice(0, 1)
      .flatMap((key) => withWords(given).map((value) => ({ [key]: value })));
  const items = alternatives(field).flatMap((form) =>
    form instanceof z.ZodArray ? maps(form.element as Schema) : [],
  );
  return [...maps(field), ...items.map((item) => [item])];
}

/** Forms that show how a value is written: the given one as any key, or as a name in the example; the example itself. */
export function formsOfExample(given: unknown, field: Schema, example: unknown): unknown[] {
  const names = (Array.isArray(given) ? given : [given]).filter((name) => typeof name === 'string');
  const keys = keysIn(field);
  const asCommand = keys.includes('command') ? withWords(given).map((command) => ({ command })) : [];
  // A boolean is no value, and `8000:80` no name: the first key that takes it would be a wrong guess.
  const isWord = typeof given === 'string' ? /^[A-Za-z]/.test(given) : typeof given !== 'boolean';
  const underKey = [...asCommand, ...(isWord ? keys.map((key) => ({ [key]: given })) : [])];
  const entry = isMap(example) ? Object.values(example)[0] : undefined;
  const valueOf = (name: string) => (keys.length === 0 ? entry : exampleIn(field, name));
  const named = names.length > 0 && names.every((name) => isMap(valueOf(name)));
  return [
    ...(named ? [Object.fromEntries(names.map((name) => [name, valueOf(name)]))] : []),
    ...underKey,
    example,
  ];
}

/** A value; of a command line, its words, too. */
function withWords(given: unknown): unknown[] {
  return typeof given === 'string' && given.includes(' ') ? [given, commandWords(given)] : [given];
}

function keysIn(field: Schema): string[] {
  return alternatives(field).flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []));
}

function exampleIn(field: Schema, key: string): unknown {
  for (const form of alternatives(field))
    if (form instanceof z.ZodObject && Object.hasOwn(form.shape, key)) return exampleOf(form.shape[key]);
  return undefined;
}

/** `A=1` as a map. */
function pairIn(text: unknown): Fields | undefined {
  const [, name, value] = (typeof text === 'string' && /^([^\s=:]+)=(.*)$/s.exec(text)) || [];
  return name === undefined ? undefined : { [name]: value };
}
