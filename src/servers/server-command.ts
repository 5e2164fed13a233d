import { isServer, type Server } from './server-options.js';
import { isKnown, shellCommands } from './words.js';

/** A program that a container's command line starts. */
interface ProgramCommand<Program extends string = string> {
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

/** The server that a container's command line starts. */
export type ServerCommand = Omit<ProgramCommand, 'program'> & { readonly server: Server };

/** Programs that run another command. Value: the subcommand before that command, or the number of words before it. */
const LAUNCHERS: Readonly<Record<string, string | number>> = {
  'dumb-init': 0, tini: 0, 'tini-static': 0, catatonit: 0, 'docker-init': 0,
  exec: 0, nohup: 0, nice: 0, setsid: 0, stdbuf: 0, command: 0,
  timeout: 1, gosu: 1, 'su-exec': 1,
  poetry: 'run', pipenv: 'run', pdm: 'run', uv: 'run', hatch: 'run', rye: 'run', doppler: 'run', infisical: 'run',
  'ddtrace-run': 0, 'opentelemetry-instrument': 0, 'newrelic-admin': 'run-program', 'vault-env': 0,
}; // prettier-ignore

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh']);
const PYTHON = /^(?:python|pypy)[0-9.]*$/;
const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

/** Shell builtins that may set any variable. */
const SETS_ANY = new Set(['.', 'source', 'eval', 'read', 'unset']);

/**
 * Returns the server that a command line starts, through shells, launchers, `env` and `python -m`. Undefined for other
 * programs, entrypoint scripts, several servers, and commands that depend on the running container.
 */
export function serverCommand(words: readonly string[]): ServerCommand | undefined {
  const found = programCommand(words, isServer);
  if (found === undefined || (found.program === 'fastapi' && found.words[0] !== 'run')) return undefined;
  const { program: server, ...rest } = found;
  return { server, ...rest };
}

type IsProgram<Program extends string> = (name: string) => name is Program;

/** Returns the command of one of several programs (see `serverCommand`). */
export function programCommand<Program extends string>(
  words: readonly string[],
  isProgram: IsProgram<Program>,
): ProgramCommand<Program> | undefined {
  const found = commandsIn(words, new Environment(), isProgram);
  const [only, ...others] = found ?? [];
  return others.length === 0 ? only : undefined;
}

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
  isProgram: IsProgram<Program>,
): ProgramCommand<Program>[] | undefined {
  let words = assign(given, env);
  for (let depth = 0; depth < DEEPEST; depth++) {
    const first = words[0] ?? '';
    const rest = words.slice(1);
    const name = nameOf(first);
    const program = name === 'gunicorn.app.wsgiapp' ? 'gunicorn' : name;
    if (!isKnown(program)) return undefined;
    if (isProgram(program)) return [started(program, rest, env)];
    if (SHELLS.has(program)) return commandsOfShell(rest, env, isProgram);
    const next = PYTHON.test(program)
      ? moduleOf(rest)
      : program === 'env'
        ? afterEnv(rest, env)
        : launched(program, rest, isProgram);
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

function commandsOfShell<Program extends string>(
  words: readonly string[],
  env: Environment,
  isProgram: IsProgram<Program>,
): ProgramCommand<Program>[] | undefined {
  const place = words.findIndex((word) => /^-[A-Za-z]*c$/.test(word));
  const options = words.slice(0, Math.max(place, 0));
  if (
    place === -1 ||
    options.some((word, i) => !word.startsWith('-') && !/^-[A-Za-z]*o$/.test(options[i - 1] ?? ''))
  )
    return undefined;
  const commands = shellCommands(words[place + 1] ?? '');
  if (commands === undefined) return undefined;
  const found: ProgramCommand<Program>[] = [];
  const shell = new Environment(env);
  for (const command of commands) {
    const [first = ''] = command;
    if (SETS_ANY.has(first)) shell.hasMore = true;
    else if (first === 'export') assign(command.slice(1), shell);
    else if (command.every((word) => ASSIGNMENT.test(word))) assign(command, shell);
    else {
      const inner = commandsIn(command, new Environment(shell), isProgram);
      if (inner === undefined) return undefined;
      found.push(...inner);
      if (found.length > 1) return undefined;
    }
  }
  return found;
}

/** Returns the module or script of Python and its arguments: `-m gunicorn …`, `/usr/bin/gunicorn …`. */
function moduleOf(words: readonly string[]): readonly string[] | undefined {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (/^-[A-Za-z]*m$/.test(word) || !word.startsWith('-'))
      return words.slice(word.startsWith('-') ? i + 1 : i);
    if (word === '-c') return undefined;
    if (word === '-W' || word === '-X') i++;
  }
  return undefined;
}

function afterEnv(words: readonly string[], env: Environment): readonly string[] | undefined {
  const rest = assign(words, env);
  return rest[0]?.startsWith('-') ? undefined : rest;
}

function launched(
  program: string,
  words: readonly string[],
  isProgram: (name: string) => boolean,
): readonly string[] | undefined {
  const before = Object.hasOwn(LAUNCHERS, program) ? LAUNCHERS[program] : undefined;
  if (before === undefined) return undefined;
  const end = words.indexOf('--');
  if (end !== -1 && !words.slice(0, end).some((word) => isProgram(nameOf(word)))) return words.slice(end + 1);
  const afterOptions = (list: readonly string[]) => {
    const first = list.findIndex((word) => !word.startsWith('-'));
    return first === -1 ? [] : list.slice(first);
  };
  const rest = afterOptions(words);
  if (typeof before === 'number') return rest.slice(before);
  return rest[0] === before ? afterOptions(rest.slice(1)) : undefined;
}

function nameOf(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}
