import { containerVariables } from '../../kubernetes/container-variables.js';
import { envEntries } from '../../kubernetes/env-entries.js';
import { orderOfReferences } from '../../kubernetes/variable-references.js';
import { commandLine } from '../../servers/server-container.js';
import { serverProcess, type ServerProcess } from '../../servers/server-process.js';
import type { Setting } from '../../servers/setting-sources.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { workerEnv } from '../worker-env.js';

/** The keys on which the server depends. */
export type ServerKeys = Pick<
  ResolvedWorkerApp,
  'command' | 'args' | 'workers' | 'http' | 'metrics' | 'serviceWindows' | 'gunicorn' | 'env' | 'envFrom'
>;

/** The server that `command` and `args` start, with the place of each of its settings in the values. */
export interface KnownServer extends ServerProcess {
  /** The path of the word, or of the variable, that contains a setting. */
  pathOf(setting: Pick<Setting, 'field' | 'inWords' | 'place'>): (string | number)[];
  /** The path of the whole command line. */
  readonly path: readonly string[];
}

/** Returns the server; undefined for an image's own command, an entrypoint script, and other programs. */
export function knownServer(app: ServerKeys): KnownServer | undefined {
  const { command = [], args = [], envFrom } = app;
  if (command.length + args.length === 0) return undefined;
  const variables = workerEnv(app);
  if ('cycle' in orderOfReferences(variables)) return undefined;
  const env = containerVariables(envEntries(variables));
  const process = serverProcess({ command, args, env, hasEnvFrom: envFrom !== undefined });
  if (process === undefined) return undefined;
  return {
    ...process,
    path: [command.length > 0 ? 'command' : 'args'],
    pathOf: ({ field, inWords, place }) => {
      if (field === 'env') return ['env', place];
      const words = commandLine({
        command: field === 'command' ? command : [],
        args: field === 'args' ? args : [],
        env,
      });
      const [first = ''] = inWords.split(' ', 1);
      const exact = words.indexOf(first);
      const index = exact === -1 ? words.findIndex((word) => word.includes(first)) : exact;
      return index === -1 ? [field] : [field, index];
    },
  };
}
