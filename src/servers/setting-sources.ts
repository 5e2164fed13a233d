import { optionsIn, type Given, type Option, type Server } from './server-options.js';
import type { ServerCommand } from './server-command.js';
import type { ServerContainer } from './server-container.js';
import { splitWords, UNKNOWN } from './words.js';

/** A setting of a server, with its place. */
export interface Setting extends Given {
  /** `command`, `GUNICORN_CMD_ARGS`, `/etc/app/gunicorn.conf.py` */
  readonly place: string;
  /** The field of the container that contains it. */
  readonly field: 'command' | 'args' | 'env' | 'volumeMounts';
}

/** Returns the number; 0 if the option has no value; undefined for other text. */
export function numberIn({ value }: Setting): number | undefined {
  return /^[0-9]{0,9}$/.test(value) ? Number(value) : undefined;
}

/** Where a server reads settings. */
export type Place = 'command' | 'environment' | 'file';

/** The settings in one place. */
export interface Source {
  readonly from: Place;
  given(option: Option): readonly Setting[];
}

/** Options of the command line. */
export function commandSource(server: Server, command: ServerCommand, container: ServerContainer): Source {
  const options = optionsIn(server, command.words);
  const placeOf = placesOfWords(command, container);
  return {
    from: 'command',
    given: (option) =>
      (options[option] ?? []).map((one) => {
        const place = placeOf(one.inWords.split(' ', 1)[0] ?? '');
        return { ...one, place, field: place };
      }),
  };
}

/** Returns a function that says if a word of the command line is in `command` or in `args`. */
function placesOfWords(
  { isInShell }: ServerCommand,
  { command, args }: ServerContainer,
): (word: string) => 'command' | 'args' {
  const inArgs = new Set(args);
  if (command.length === 0) return () => 'args';
  if (isInShell)
    return () => (/^-[A-Za-z]*c$/.test(command.at(-1) ?? '') || command.length === 1 ? 'args' : 'command');
  return (word) => (inArgs.has(word) ? 'args' : 'command');
}

/** Returns the value of a name. */
type Variables = (name: string) => string | undefined;

/** Environment variables that the server reads. */
export function environmentSource(server: Server, env: Variables): Source {
  const at = (place: string, given: readonly Given[]) =>
    given.map((one) => ({ ...one, place, field: 'env' as const }));
  if (server === 'gunicorn') {
    const args = env('GUNICORN_CMD_ARGS');
    const options = optionsIn(server, args === UNKNOWN ? [UNKNOWN] : splitWords(args ?? ''));
    return { from: 'environment', given: (option) => at('GUNICORN_CMD_ARGS', options[option] ?? []) };
  }
  return {
    from: 'environment',
    given: (option) => {
      const name = variableOf(server, option).find((one) => env(one) !== undefined);
      return name === undefined ? [] : at(name, [{ value: env(name) ?? '', inWords: env(name) ?? '' }]);
    },
  };
}

const UWSGI_VARIABLES: Readonly<Partial<Record<Option, string[]>>> = {
  workers: ['UWSGI_PROCESSES', 'UWSGI_WORKERS'],
  lazy: ['UWSGI_LAZY_APPS', 'UWSGI_LAZY'],
};

/** Returns the environment variables that set an option of a server. */
function variableOf(server: Server, option: Option): string[] {
  if (server === 'uwsgi') return UWSGI_VARIABLES[option] ?? [];
  if (server === 'flask' && (option === 'host' || option === 'port'))
    return [`FLASK_RUN_${option.toUpperCase()}`];
  if (server !== 'uvicorn' && server !== 'granian') return [];
  if (option === 'bind' || option === 'config') return [];
  if (option === 'metrics') return server === 'granian' ? ['GRANIAN_METRICS_ENABLED'] : [];
  return [`${server}_${option.replaceAll(/[A-Z]/g, '_$&')}`.toUpperCase()];
}

const PYTHON_NAMES: Readonly<Partial<Record<Option, string>>> = {
  workers: 'workers',
  preload: 'preload_app',
  bind: 'bind',
};

/** Settings in a file in Python. @param value returns the value of a name in it */
export function fileSource(path: string, value: Variables): Source {
  return {
    from: 'file',
    given: (option) => {
      const name = PYTHON_NAMES[option];
      const found = name && value(name);
      return found === undefined || name === undefined
        ? []
        : [{ value: found, inWords: `${name} = ${found}`, place: path, field: 'volumeMounts' }];
    },
  };
}
