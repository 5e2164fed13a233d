import { programCommand, type ProgramCommand } from './program-command.js';
import { isServer, type Server } from './server-options.js';

/** The server that a container's command line starts. */
export type ServerCommand = Omit<ProgramCommand, 'program'> & { readonly server: Server };

/** Returns the server that a command line starts (see `programCommand`). */
export function serverCommand(words: readonly string[]): ServerCommand | undefined {
  const found = programCommand(words, startsServer);
  if (found === undefined) return undefined;
  const { program, words: given, ...rest } = found;
  return program === 'runserver' || !isServer(program)
    ? { server: 'runserver', words: given.slice(1), ...rest }
    : { server: program, words: given, ...rest };
}

type Django = 'manage.py' | 'django-admin' | 'django';

const DJANGO = new Set<string>(['manage.py', 'django-admin', 'django'] satisfies Django[]);

/** Options of flask with a value, which come before its command. */
const FLASK_OPTION = /^(-A|--app|-e|--env-file)$/;

/** Whether a program starts a server: `fastapi run` does, and `flask db upgrade` does not. */
function startsServer(program: string, words: readonly string[]): program is Server | Django {
  const [first] = words;
  if (DJANGO.has(program)) return first === 'runserver';
  if (program === 'fastapi') return first === 'run';
  if (program === 'flask')
    return words.find((word, i) => !word.startsWith('-') && !FLASK_OPTION.test(words[i - 1] ?? '')) === 'run';
  return program !== 'runserver' && isServer(program);
}
