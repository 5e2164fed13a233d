import { expandReferences } from '../kubernetes/variable-references.js';
import { serverCommand, type ServerCommand } from './server-command.js';
import { optionsIn, type Given, type Option, type Server } from './server-options.js';
import { pythonSettings } from './python-settings.js';
import { isKnown, splitWords, UNKNOWN } from './words.js';

/** The fields of a container from which its server reads settings. */
export interface ServerContainer {
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Environment variables as the container sees them; undefined for values that are not known. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** Whether `envFrom` adds variables. */
  readonly hasEnvFrom: boolean;
  readonly workingDir?: string | undefined;
  /** Returns the text of a file in the container; undefined if it is not known. */
  file?(path: string): string | undefined;
}

/** A setting of a server, with its place. */
export interface Setting extends Given {
  /** `command`, `GUNICORN_CMD_ARGS`, `/etc/app/gunicorn.conf.py` */
  readonly place: string;
  /** The field of the container that contains it. */
  readonly field: 'command' | 'args' | 'env' | 'volumeMounts';
}

/** Servers that read WEB_CONCURRENCY if no option sets the number of workers. */
export const READS_WEB_CONCURRENCY = new Set<Server>(['gunicorn', 'uvicorn', 'fastapi']);

/** Returns the number; 0 if the option has no value; undefined for other text. */
export function numberIn({ value }: Setting): number | undefined {
  return /^[0-9]{0,9}$/.test(value) ? Number(value) : undefined;
}

/** The server of a container, as far as the fields of the container show it. */
export interface ServerProcess {
  readonly server: Server;
  /** Whether its whole command line is known. */
  readonly hasCommand: boolean;
  /** Variables that its command line sets. */
  readonly commandEnv: ReadonlyMap<string, string>;
  /** Returns a variable as the server sees it; UNKNOWN if its value is, or may be, not known. */
  variable(name: string): string | undefined;
  /** Settings of the option in the source with the highest precedence; a value may be UNKNOWN. */
  settings(option: Option): readonly Setting[];
  /** Settings of the option in one place. */
  settingsOf(place: Place, option: Option): readonly Setting[];
  /** Whether it reads configuration files that the manifests don't show. */
  readonly readsFiles: boolean;
  /** Whether its configuration file, if the manifests contain it, has a hook that binds ports in the workers. */
  readonly hasWorkerHook: boolean;
}

type Place = 'command' | 'environment' | 'file';

interface Source {
  readonly from: Place;
  given(option: Option): readonly Setting[];
}

/** Environment variables that identify the server of an image without a command line. */
const NAMED_BY: Readonly<Record<string, Server>> = {
  GUNICORN_CMD_ARGS: 'gunicorn',
  UVICORN_WORKERS: 'uvicorn',
  GRANIAN_WORKERS: 'granian',
  GRANIAN_METRICS_ENABLED: 'granian',
  UWSGI_PROCESSES: 'uwsgi',
  UWSGI_WORKERS: 'uwsgi',
};

/** Returns the server that a container runs; undefined if its fields don't show it. */
export function serverProcess(container: ServerContainer): ServerProcess | undefined {
  const whole = serverCommand(commandLine(container));
  const server = whole?.server ?? serverOfImage(container);
  if (server === undefined) return undefined;
  const command = whole ?? optionsOfImage(server, container);
  const env = (name: string) => variable(name, container, command);
  const sources: Source[] = [];
  if (command !== undefined) sources.push(commandSource(server, command, container));
  sources.push(environmentSource(server, env));
  let hasWorkerHook = false;
  let isUnseen = false;
  if (server === 'gunicorn') {
    const path = configPath(sources, container, command);
    const text = path && container.file?.(path);
    const file = text === undefined ? undefined : pythonSettings(text);
    isUnseen = file === undefined && sources.some((source) => source.given('config').length > 0);
    hasWorkerHook = HOOKS.some((hook) => file?.hasFunction(hook));
    if (file !== undefined && path !== undefined) sources.push(fileSource(path, (name) => file.value(name)));
  }
  const isInFiles = server === 'uwsgi' && readsFile(sources, command);
  const find = (option: Option) =>
    isInFiles ? [] : (sources.map((source) => source.given(option)).find((given) => given.length > 0) ?? []);
  return {
    server,
    hasCommand: whole !== undefined,
    commandEnv: command?.env ?? new Map(),
    variable: env,
    settings: find,
    settingsOf: (place, option) =>
      sources.filter(({ from }) => from === place).flatMap((one) => one.given(option)),
    readsFiles: isInFiles || isUnseen,
    hasWorkerHook,
  };
}

/** The server of an image without a command line; undefined unless the variables identify one. */
function serverOfImage({ env }: ServerContainer): Server | undefined {
  const named = new Set(Object.keys(NAMED_BY).flatMap((name) => (env.has(name) ? NAMED_BY[name] : [])));
  const [only, ...others] = [...named].filter((one) => one !== undefined);
  return others.length === 0 ? only : undefined;
}

/** `args` that begin with an option belong to the server that the image starts. */
function optionsOfImage(server: Server, container: ServerContainer): ServerCommand | undefined {
  if (container.command.length > 0 || container.args[0]?.startsWith('-') !== true) return undefined;
  return { server, words: commandLine(container), env: new Map(), hasMoreEnv: false, isInShell: false };
}

/** Hooks of gunicorn that run in each worker. */
const HOOKS = ['post_fork', 'post_worker_init'];

/** Returns the words of a container's command line, with UNKNOWN for references to variables that are not known. */
export function commandLine({
  command,
  args,
  env,
}: Pick<ServerContainer, 'command' | 'args' | 'env'>): string[] {
  return [...command, ...args].map(
    (word) => expandReferences(word, (name) => env.get(name) ?? UNKNOWN) ?? UNKNOWN,
  );
}

/** Returns a variable as the server sees it; UNKNOWN if its value is, or may be, not in the manifests. */
function variable(
  name: string,
  { env, hasEnvFrom }: ServerContainer,
  command?: ServerCommand,
): string | undefined {
  if (command?.env.has(name)) return command.env.get(name);
  if (command?.hasMoreEnv) return UNKNOWN;
  if (env.has(name)) return env.get(name) ?? UNKNOWN;
  return hasEnvFrom ? UNKNOWN : undefined;
}

function commandSource(server: Server, command: ServerCommand, container: ServerContainer): Source {
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

type Variables = (name: string) => string | undefined;

function environmentSource(server: Server, env: Variables): Source {
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

function fileSource(path: string, value: Variables): Source {
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

/** Returns the path of gunicorn's configuration file: from an option, or gunicorn.conf.py in the working directory. */
function configPath(
  sources: readonly Source[],
  { workingDir: folder }: ServerContainer,
  command: ServerCommand | undefined,
): string | undefined {
  const given = sources.map((source) => source.given('config')).find((one) => one.length > 0);
  const path = given === undefined ? 'gunicorn.conf.py' : (given.at(-1)?.value ?? '').replace(/^file:/, '');
  if (!isKnown(path)) return undefined;
  if (path.startsWith('/')) return path;
  if (folder === undefined || command?.isInShell) return undefined;
  return `${folder.replace(/\/$/, '')}/${path.replace(/^\.\//, '')}`;
}

/** Whether uWSGI reads configuration files. They may set any option. */
function readsFile(sources: readonly Source[], command: ServerCommand | undefined): boolean {
  return (
    sources.some((source) => source.given('config').length > 0) ||
    command?.words.some((word) => /\.(ini|xml|ya?ml|json)$/.test(word)) === true
  );
}
