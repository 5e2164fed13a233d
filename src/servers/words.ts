/** Replaces text that only the running container knows, for example `$WORKERS`. No real argument contains it. */
export const UNKNOWN = '\0';

/** Whether a word contains no unknown text. */
export function isKnown(word: string): boolean {
  return !word.includes(UNKNOWN);
}

/** Splits a line as Python's shlex does: with quotes and backslashes, without variables. */
export function splitWords(line: string): string[] {
  return read(line, SHLEX)?.flat() ?? [];
}

/** The words of a command line for a list of words. A line that needs a shell is an argument of one. */
export function commandWords(line: string): string[] {
  return /[&|;<>$`\n]/.test(line) ? ['sh', '-c', line] : splitWords(line);
}

/**
 * Returns the simple commands of a shell script, each as its words: `migrate && exec gunicorn app` has two. Undefined if
 * the script contains more than lists of commands: loops, conditions, functions, here-documents, open quotes.
 *
 * @param withLoops returns the commands in loops, too. @default false
 */
export function shellCommands(script: string, withLoops = false): string[][] | undefined {
  const all = read(script, SHELL)?.filter((command) => !setsOptions(command));
  const commands = withLoops ? all?.map(withoutLoop).filter((command) => command.length > 0) : all;
  return commands?.some(([first = '']) => RESERVED.has(first)) ? undefined : commands;
}

/** `set -e` and `set -euo pipefail` don't change which commands run. */
function setsOptions([first, ...words]: readonly string[]): boolean {
  const isOption = (word = '') => /^[-+][A-Za-z]+$/.test(word);
  return (
    first === 'set' &&
    words.every(
      (word, i) => isOption(word) || (isOption(words[i - 1]) && words[i - 1]?.endsWith('o') === true),
    )
  );
}

/** The command of a line of a loop: `do sleep 1`. */
function withoutLoop(words: string[]): string[] {
  const [first = '', ...rest] = words;
  if (first === 'for') return [];
  return ['while', 'until', 'do', 'done', '!'].includes(first) ? withoutLoop(rest) : words;
}

const RESERVED = new Set(
  '! { } ( ) if then elif else fi for while until do done case esac function select [[ trap set shift'.split(
    ' ',
  ),
);

/** Patterns in the order of their precedence, each with the kind of text that it matches. */
type Grammar = readonly (readonly [RegExp, Part])[];
type Part = 'literal' | 'double' | 'nothing' | 'unknown' | 'space' | 'end' | 'redirect' | 'unreadable';

const QUOTES: Grammar = [
  [/'([^']*)'/y, 'literal'],
  [/"((?:[^"\\]|\\.)*)"/sy, 'double'],
  [/\\(.)/sy, 'literal'],
];

const SHLEX: Grammar = [[/\s+/y, 'space'], ...QUOTES, [/([^\s'"\\]+)/y, 'literal']];

const VARIABLE = String.raw`\$\{[^{}]*\}|\$[A-Za-z_]\w*|\$[0-9@*#?$!-]|\$\([^()]*\)|${'`'}[^${'`'}]*${'`'}`;

const SHELL: Grammar = [
  [/(?:\n|;|&&|\|\||\||&(?!>))+/y, 'end'],
  [/\\\n/y, 'nothing'],
  [/\s+/y, 'space'],
  [/(?<![^\s;&|])#[^\n]*/y, 'space'],
  ...QUOTES,
  [new RegExp(VARIABLE, 'y'), 'unknown'],
  [/<<|[()`]|\$[({]/y, 'unreadable'],
  [/(?:(?<![^\s;&|])[0-9])?&?[<>]+[&|]?[ \t]*/y, 'redirect'],
  [new RegExp(UNKNOWN, 'y'), 'unknown'],
  [/(\$|[^\s;&|<>()$`'"\\\0]+)/y, 'literal'],
];

function read(text: string, grammar: Grammar): string[][] | undefined {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  let isTarget = false;
  const endWord = () => {
    if (word === undefined) return;
    if (!isTarget) words.push(word);
    isTarget = false;
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    isTarget = false;
    if (words.length > 0) commands.push(words);
    words = [];
  };
  for (let i = 0; i < text.length;) {
    const [match, part] = firstMatch(text, grammar, i);
    if (match === undefined) return undefined;
    i += match[0].length;
    if (part === 'unreadable') return undefined;
    if (part === 'end') endCommand();
    else if (part === 'space') endWord();
    else if (part === 'redirect') {
      endWord();
      isTarget = true;
    } else if (part !== 'nothing') word = (word ?? '') + textOf(match, part, grammar === SHELL);
  }
  endCommand();
  return commands;
}

function firstMatch(text: string, grammar: Grammar, from: number): [RegExpExecArray | undefined, Part] {
  for (const [pattern, part] of grammar) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match !== null) return [match, part];
  }
  return [undefined, 'unreadable'];
}

function textOf([, text = '']: RegExpExecArray, part: Part, isShell: boolean): string {
  if (part === 'unknown') return UNKNOWN;
  if (part !== 'double') return text;
  const plain = isShell
    ? text.replaceAll(new RegExp(String.raw`(?<!\\)(?:${VARIABLE}|\$\(.*)`, 'gs'), UNKNOWN)
    : text;
  return plain.replaceAll(/\\([\\"$`])/g, '$1');
}
