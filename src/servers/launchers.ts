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

type IsProgram = (name: string, words: readonly string[]) => boolean;

/** The name of a program, without its folder. */
export function nameOf(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}

export function isShell(program: string): boolean {
  return SHELLS.has(program);
}

/** Whether a program is a shell, a launcher, or Python. */
export function isLauncher(program: string): boolean {
  return isShell(program) || PYTHON.test(program) || Object.hasOwn(LAUNCHERS, program);
}

/** The command that a launcher or Python runs; undefined for other programs. */
export function launchedBy(
  program: string,
  words: readonly string[],
  isProgram: IsProgram,
): readonly string[] | undefined {
  return PYTHON.test(program) ? moduleOf(words) : launched(program, words, isProgram);
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

function launched(
  program: string,
  words: readonly string[],
  isProgram: IsProgram,
): readonly string[] | undefined {
  const before = Object.hasOwn(LAUNCHERS, program) ? LAUNCHERS[program] : undefined;
  if (before === undefined) return undefined;
  const end = words.indexOf('--');
  if (end !== -1 && !words.slice(0, end).some((word, i) => isProgram(nameOf(word), words.slice(i + 1))))
    return words.slice(end + 1);
  const afterOptions = (list: readonly string[]) => {
    const first = list.findIndex((word) => !word.startsWith('-'));
    return first === -1 ? [] : list.slice(first);
  };
  const rest = afterOptions(words);
  if (typeof before === 'number') return rest.slice(before);
  return rest[0] === before ? afterOptions(rest.slice(1)) : undefined;
}

/** Programs that run a command in one pod at a time: `flock`, `consul lock`, `leader-elector`. */
const ONE_AT_A_TIME = /(?<!c)lock|leader|election/i;

/** Programs that start no other program: their arguments are text. */
const STARTS_NOTHING = new Set(['echo', 'printf', 'grep', 'pgrep', 'pkill', 'killall', 'which', 'type']);

/**
 * The command that an entrypoint script runs, if its arguments contain one: at their beginning, after `--`, or with an
 * option of its own. A word after an option may be the option's value. Undefined for a command that waits for a lock.
 */
export function commandOfScript(
  script: string,
  words: readonly string[],
  isProgram: IsProgram,
): readonly string[] | undefined {
  if (STARTS_NOTHING.has(script)) return undefined;
  const start = words.findIndex((word, i) => {
    const [before = '--', next = ''] = [words[i - 1], words[i + 1]];
    const name = nameOf(word);
    if (before === '--') return isProgram(name, words.slice(i + 1)) || startsOther(name);
    if (/^-[^=]*$/.test(before)) return false;
    return (
      (isProgram(name, words.slice(i + 1)) && next.startsWith('-')) || (PYTHON.test(name) && next === '-m')
    );
  });
  if (start === -1 || [script, ...words.slice(0, start)].some((word) => ONE_AT_A_TIME.test(nameOf(word))))
    return undefined;
  return words.slice(start);
}

function startsOther(name: string): boolean {
  return name === 'env' || PYTHON.test(name) || SHELLS.has(name) || Object.hasOwn(LAUNCHERS, name);
}
