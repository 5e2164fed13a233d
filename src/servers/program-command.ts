import { commandOfScript, isShell, launchedBy, nameOf } from './launchers.js';
import { isKnown, shellCommands } from './words.js';

/** A program that a container's command line starts. */
export interface ProgramCommand<Program extends string = string> {
  readonly program: Program;
  /** Its arguments. */
  readonly words: readonly string[];
  /** Variables that the command line sets for it. */
  readonly env: ReadonlyMap<string, string>;
  /** Whether the command line may set other variables, for example from a sourced file. */
  readonly hasMoreEnv: boolean;
  /** Whether a shell starts it. The shell may change the folder. */
  readonly isInShell: boolean;
}

/** @param words the arguments of the program */
type IsProgram<Program extends string> = (name: string, words: readonly string[]) => name is Program;

/** The programs to find, and how. */
interface Search<Program extends string> {
  readonly isProgram: IsProgram<Program>;
  /** Whether to search also in the arguments of other programs, which may be entrypoint scripts, and in loops of a shell. */
  readonly isWide: boolean;
}

/**
 * Returns the command of one of some programs, through shells, launchers, `env` and `python -m`. Undefined for other
 * programs, entrypoint scripts, several of the programs, and commands that depend on the running container.
 */
export function programCommand<Program extends string>(
  words: readonly string[],
  isProgram: IsProgram<Program>,
): ProgramCommand<Program> | undefined {
  const [only, ...others] = commandsIn(words, new Environment(), { isProgram, isWide: false }) ?? [];
  return others.length === 0 ? only : undefined;
}

/** Returns all commands of some programs, also those that an entrypoint script gets as its arguments. */
export function programCommands<Program extends string>(
  words: readonly string[],
  isProgram: IsProgram<Program>,
): readonly ProgramCommand<Program>[] {
  return commandsIn(words, new Environment(), { isProgram, isWide: true }) ?? [];
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

/** Shell builtins that may set any variable. */
const SETS_ANY = new Set(['.', 'source', 'eval', 'read', 'unset']);

/** Variables of a command. They override those of the shell that runs it. */
class Environment {
  readonly set = new Map<string, string>();
  hasMore = false;

  constructor(private readonly shell?: Environment) {}

  get isInShell(): boolean {
    return this.shell !== undefined;
  }

  get mayHaveMore(): boolean {
    return this.hasMore || this.shell?.mayHaveMore === true;
  }

  all(): ReadonlyMap<string, string> {
    return new Map([...(this.shell?.all() ?? []), ...this.set]);
  }
}

/** Maximum number of nested launchers. */
const DEEPEST = 32;

/** Returns the programs that the words start; undefined if the words cannot be parsed. */
function commandsIn<Program extends string>(
  given: readonly string[],
  env: Environment,
  search: Search<Program>,
): ProgramCommand<Program>[] | undefined {
  const { isProgram, isWide } = search;
  let words = assign(given, env);
  for (let depth = 0; depth < DEEPEST; depth++) {
    const [first] = words;
    if (first === undefined) return [];
    const rest = words.slice(1);
    const name = nameOf(first);
    const program = name === 'gunicorn.app.wsgiapp' ? 'gunicorn' : name;
    if (!isKnown(program) && !isWide) return undefined;
    if (isProgram(program, rest)) return [started(program, rest, env)];
    if (isShell(program)) return commandsOfShell(rest, env, search);
    const inner = program === 'env' ? afterEnv(rest, env) : launchedBy(program, rest, isProgram);
    const next = inner ?? (isWide ? commandOfScript(program, rest, isProgram) : undefined);
    if (next === undefined) return [];
    words = assign(next, env);
  }
  return undefined;
}

function started<Program extends string>(
  program: Program,
  words: readonly string[],
  env: Environment,
): ProgramCommand<Program> {
  return { program, words, env: env.all(), hasMoreEnv: env.mayHaveMore, isInShell: env.isInShell };
}

/** Moves the assignments before a command (`A=1 gunicorn`) into `env` and returns the other words. */
function assign(words: readonly string[], env: Environment): readonly string[] {
  const end = words.findIndex((word) => !ASSIGNMENT.test(word));
  for (const word of end === -1 ? words : words.slice(0, end)) {
    const [, name = '', value = ''] = ASSIGNMENT.exec(word) ?? [];
    env.set.set(name, value);
  }
  return end === -1 ? [] : words.slice(end);
}

function afterEnv(words: readonly string[], env: Environment): readonly string[] | undefined {
  const rest = assign(words, env);
  return rest[0]?.startsWith('-') ? undefined : rest;
}

function commandsOfShell<Program extends string>(
  words: readonly string[],
  env: Environment,
  search: Search<Program>,
): ProgramCommand<Program>[] | undefined {
  const { isWide } = search;
  const place = words.findIndex((word) => /^-[A-Za-z]*c$/.test(word));
  const file = words.findIndex(
    (word, i) => !word.startsWith('-') && !/^-[A-Za-z]*o$/.test(words[i - 1] ?? ''),
  );
  if (place === -1 || (file !== -1 && file < place))
    return isWide && file !== -1 ? commandsIn(words.slice(file), env, search) : undefined;
  const script = words[place + 1] ?? '';
  const commands = shellCommands(script, isWide);
  const found = commands && commandsOfText(commands, env, search);
  const isGivenWords = isWide && /\$[@*]/.test(script) && (found ?? []).length === 0;
  return isGivenWords ? commandsIn(['sh', ...words.slice(place + 2)], env, search) : found;
}

function commandsOfText<Program extends string>(
  commands: readonly (readonly string[])[],
  env: Environment,
  search: Search<Program>,
): ProgramCommand<Program>[] | undefined {
  const found: ProgramCommand<Program>[] = [];
  const shell = new Environment(env);
  for (const [i, command] of commands.entries()) {
    const [first = ''] = command;
    if (SETS_ANY.has(first)) shell.hasMore = true;
    else if (first === 'export') assign(command.slice(1), shell);
    else if (command.every((word) => ASSIGNMENT.test(word))) assign(command, shell);
    else if (!search.isWide || !isTest(commands[i - 1] ?? [])) {
      const inner = commandsIn(command, new Environment(shell), search);
      if (inner === undefined && !search.isWide) return undefined;
      found.push(...(inner ?? []));
      if (found.length > 1 && (!search.isWide || commands.some(isTest))) return undefined;
    }
  }
  return found;
}

/** A test in a shell may select one of several commands, or skip the next one. */
function isTest([first = '']: readonly string[]): boolean {
  return first === '[' || first === 'test';
}
