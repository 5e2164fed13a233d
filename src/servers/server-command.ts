import { programCommand, type ProgramCommand } from './program-command.js';
import { isServer, type Server } from './server-options.js';

/** The server that a container's command line starts. */
export type ServerCommand = Omit<ProgramCommand, 'program'> & { readonly server: Server };

/** Returns the server that a command line starts (see `programCommand`). */
export function serverCommand(words: readonly string[]): ServerCommand | undefined {
  const found = programCommand(words, isServer);
  if (found === undefined || (found.program === 'fastapi' && found.words[0] !== 'run')) return undefined;
  const { program: server, ...rest } = found;
  return { server, ...rest };
}
