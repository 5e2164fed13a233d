import { serverCommand, type ServerCommand } from './server-command.js';
import { commandLine, type ServerContainer } from './server-container.js';
import type { Option, Server } from './server-options.js';
import { pythonSettings } from './python-settings.js';
import {
  commandSource,
  environmentSource,
  fileSource,
  type Place,
  type Setting,
  type Source,
} from './setting-sources.js';
import { isKnown, UNKNOWN } from './words.js';

/** Servers that read WEB_CONCURRENCY if no option sets the number of workers. */
export const READS_WEB_CONCURRENCY = new Set<Server>(['gunicorn', 'uvicorn', 'fastapi']);

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
