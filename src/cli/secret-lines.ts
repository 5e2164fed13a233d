import { hidePasswords, isSecretName } from '../diagnostics/secrets.js';

/** Names in a field or in a line of a file: of keys, variables and settings. */
const NAMES = /[\w.-]+/g;

const LONG_WORDS = /[\w+/=-]{32,}/g;

/** Whether a word is random text, such as a token: letters of both cases and digits. An image's digest has no capitals. */
function isRandom(word: string): boolean {
  return [/[a-z]/, /[A-Z]/, /[0-9]/].every((kind) => kind.test(word));
}

/**
 * Whether a line may show a secret: it or its field has the name of one, or it has a URL with a password, or a random text.
 * @param before the line before: the name of a variable may be there, and its value here
 */
export function mayContainSecret(field: string, line: string, before = ''): boolean {
  return (
    hasSecretName(field, line, before) ||
    hidePasswords(line) !== line ||
    /:[^\s@:]*@(?!sha\d+:)/.test(line) ||
    /-----BEGIN/.test(line) ||
    (line.match(LONG_WORDS) ?? []).some(isRandom)
  );
}

/** Longest line in which references are looked for. */
const LONGEST = 1000;

/** A key with its colon, at the start of a line or in a map on one line. */
const KEY = /(?<=(?:^|[{,])[\s-]*)[\w.'"-]+\s*:(?=\s|$)/g;

/** Signs between values, and the start of a text on the next lines. */
const NO_VALUE = /^(?:[\s{}[\],-]|[|>][+-]?[0-9]?$)*$/;

function hasSecretName(field: string, line: string, before: string): boolean {
  const rest = line.length > LONGEST ? line : withoutReferences(line);
  if (rest.length <= LONGEST && NO_VALUE.test(rest.replaceAll(KEY, ''))) return false; // it has no values
  const inLine = new Set(namesIn(line));
  // The value of a key in the line is in the line, too.
  const around = namesIn(field).filter((name) => !inLine.has(name));
  return [...around, ...namesIn(rest), ...(/\bname:/.test(before) ? namesIn(before) : [])].some(isSecretName);
}

function namesIn(text: string): string[] {
  return (text.match(NAMES) ?? []).flatMap((name) => name.split('.'));
}

/** A reference to a key of a Secret or ConfigMap, in Kubernetes' words and in ours. */
const REFERENCES = [
  /\b(?:secret|configMap|field|resourceField)(?:Key)?Ref\s*:\s*(?:\{(?:\s*\w+\s*:\s+[\w./-]+\s*,?)*\s*\}|$)/g,
  /\bvalueFrom\s*:\s*(?:\{[\s,]*\}|$)/g,
  /(?<=\{)\s*(?:secret|configMap)\s*:\s*[a-z0-9.-]+\s*,\s*key\s*:\s*[\w.-]+\s*(?:,\s*optional\s*:\s*\w+\s*)?(?=\})/g,
  // A variable that has nothing but a reference.
  /(?<=\{)\s*name\s*:\s*[A-Z][A-Z0-9_]*[\s,]*(?=\})/g,
  /^\s*-\s+name\s*:\s*[A-Z][A-Z0-9_]*\s*$/g,
  /(?<=(?:^|[{,])[\s-]*)[\w.-]+\s*:\s*(?:\{[\s,]*\}|\[[\s,]*\]|$)/g,
];

/** A line without references, which are not secret, and without the names of variables that have nothing else. */
function withoutReferences(line: string): string {
  return REFERENCES.reduce((rest, reference) => rest.replaceAll(reference, ''), line);
}
