import { type Diagnostic, errorAt, type Message } from '../diagnostics/diagnostic.js';
import { didYouMean, inspectName, knownAre, shortened } from '../diagnostics/expected.js';
import { HIDDEN, hidePasswords, isSecret } from '../diagnostics/secrets.js';
import { parseYaml } from '../yaml/yaml-document.js';

/** A value that a command line gives an application: `shop.image=registry.example.com/shop:v2`. */
export interface SetValue {
  /** The option or command with the user's text, without secrets: `--set shop.workers=0`. */
  readonly given: string;
  /** The application, or another object of a values file. */
  readonly name: string;
  /** The keys of the value, from the outside in; at least one. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** How to give the value as text: `put it in quotes: --set 'shop.env.DEBUG="1"'`. */
  readonly asText: string;
}

/**
 * A problem of a value around the one that is set. The user wrote no map, but a path that leads into a list or a single value.
 * @param depth number of keys of the path that lead to the value with the problem
 */
export function aroundSetValue<Problem extends Message>(
  problem: Problem,
  set: SetValue,
  depth: number,
): Problem {
  const [, wanted = ''] = /^(.*), got (?:a|an empty) map\b/s.exec(problem.message) ?? [];
  const key = set.path[depth];
  if (key === undefined || !/\bexpected /.test(wanted) || /\{|\bmap\b/.test(wanted)) return problem;
  const [by = ''] = set.given.split(' ', 1);
  const orDot = depth > 1 && !wanted.endsWith('a list') ? ', or write "\\." for a dot in a key' : '';
  return {
    ...problem,
    message: `${wanted}, which has no key ${inspectName(key)}`,
    hint: `set all of it: ${by} '${set.name}.${set.path.slice(0, depth).join('.')}=…'${orDot}`,
  };
}

/** The map that contains only this value. */
export function nestedIn({ path, value }: SetValue): Readonly<Record<string, unknown>> {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Readonly<
    Record<string, unknown>
  >;
}

/** The form of `NAME.KEY=VALUE`, for help texts. */
export const SET_FORM = `NAME is the name of the application, and KEY the path of a key, such as
env.LOG_LEVEL; a dot in a key is written "\\.": 'shop.labels.example\\.com/team=a'. VALUE is YAML, as in a values file: 8 is
a number, '"8"' a text, {…} a map, […] a list. As in an environment, maps merge, other values replace, and null removes.`;

const EXAMPLE = 'expected NAME.KEY=VALUE, such as shop.image=registry.example.com/shop:v2';

/**
 * Parses `NAME.KEY=VALUE`; returns the values, or all problems.
 * @param by the option or command that they belong to: `--set`
 */
export function parseSetValues(
  by: string,
  given: readonly string[],
): { values: SetValue[]; problems: Diagnostic[] } {
  const values: SetValue[] = [];
  const problems: Diagnostic[] = [];
  for (const text of withSpacesAround(given)) {
    const parsed = parseSetValue(by, text);
    if ('name' in parsed) values.push(parsed);
    else problems.push(parsed);
  }
  return { values, problems };
}

/** `shop.workers 4` as one text: the shell splits it at the space. */
function withSpacesAround(given: readonly string[]): readonly string[] {
  const [name = '', value, ...others] = given;
  const isSplit = value !== undefined && others.length === 0 && !given.some((text) => text.includes('='));
  const isHidden = isSecret(keysIn(name).at(-1) ?? '', value ?? '');
  return isSplit ? [`${name} ${isHidden ? HIDDEN : value}`] : given;
}

function parseSetValue(by: string, text: string): SetValue | Diagnostic {
  const [, left = '', written = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const [name = '', ...path] = keysIn(left);
  const place = { field: inMessage(by, text) };
  const [first = ''] = path;
  const notSet = Object.hasOwn(NOT_SET, first) ? NOT_SET[first] : undefined;
  if (name === '' || path.length === 0 || path.includes(''))
    return errorAt(
      place,
      EXAMPLE,
      /^[^\s=]+\.[^\s=]+ /.test(text) ? 'write = without spaces around it' : undefined,
    );
  if (notSet !== undefined) return errorAt(place, ...notSet);
  const given = inMessage(by, text, path.at(-1), written);
  const asText = inQuotes(by, left, isSecret(path.at(-1) ?? '', written) ? HIDDEN : written);
  const value = valueOf(written);
  return 'reason' in value
    ? errorAt({ field: given }, value.reason, value.hint ?? asText)
    : { given, name, path, value: value.value, asText };
}

/** Keys of a document that cannot be set, with the reason and a hint. */
const NOT_SET: Readonly<Record<string, readonly [string, string?]>> = {
  kind: ['the kind of a document cannot be set'],
  environments: ['an environment has no place in KEY', 'name it with --environment, and its keys in KEY'],
};

/** The keys between the dots. A backslash takes the next character as it is. */
function keysIn(text: string): string[] {
  const keys = [''];
  for (const [part] of text.matchAll(/\\[^]|[^]/g)) {
    if (part === '.') keys.push('');
    else keys.push(`${keys.pop() ?? ''}${part.length > 1 ? part.slice(1) : part}`);
  }
  return keys;
}

/** The option with its value, as the user gave it, without secrets. */
function inMessage(by: string, text: string, key = '', written = ''): string {
  const [left = ''] = text.split('=', 1);
  return `${by} ${shortened(isSecret(key, written) ? `${left}=${HIDDEN}` : hidePasswords(text))}`;
}

const NULL = /^(?:null|Null|NULL|~)$/;

type ParsedValue = { readonly value: unknown } | { readonly reason: string; readonly hint?: string };

function valueOf(written: string): ParsedValue {
  const text = written.trim();
  if (NULL.test(text)) return { value: null };
  if (text === '')
    return {
      reason: 'no value after "="',
      hint: `write null to remove the value, or '""' for an empty text`,
    };
  const { documents, problems } = parseYaml('', written);
  const [problem] = problems;
  if (problem !== undefined) return { reason: problem.message };
  const [document, other] = documents;
  if (document === undefined || other !== undefined) return { reason: 'expected one value of YAML' };
  const { value, repeatedKeys } = document;
  const [repeated] = repeatedKeys;
  if (repeated !== undefined)
    return { reason: `${repeated.field ?? ''} is given twice`, hint: 'remove one of the two' };
  // A comment would cut the text: "a #b".
  if (typeof value === 'string' && !/^["'|>!&]/.test(text) && value !== text)
    return { reason: `YAML reads only ${JSON.stringify(value)} of it` };
  return { value };
}

function inQuotes(by: string, left: string, text: string): string {
  return `put it in quotes: ${by} '${left}=${shortened(JSON.stringify(hidePasswords(text)))}'`;
}

/** Problems about values for applications that do not exist. @param known the names of those that do */
export function unknownNames(unused: readonly SetValue[], known: readonly string[]): Diagnostic[] {
  return unused.map(({ given, name }) => unknownApplication(given, name, known));
}

/** A problem about the name of an application. @param given the option or command that names it */
function unknownApplication(given: string, name: string, known: readonly string[]): Diagnostic {
  const all = known.length === 0 ? 'there is none' : knownAre(known);
  return errorAt(
    { field: given },
    `${JSON.stringify(name)} is not the name of an application`,
    `${all}${didYouMean(name, known)}`,
  );
}
