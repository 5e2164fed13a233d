import { Command } from 'commander';
import { packageFile } from '../package/package-file.js';
import type { Environment, Finish } from './command.js';
import { DIFF_NAMES } from './exit-codes.js';

type LoadCommand = (environment: Environment, finish: Finish) => Promise<Command>;

/** Commands by their names. Each is loaded only when it is called: most of a run's start is loading. */
export type Commands = Readonly<Record<string, LoadCommand>>;

const VERSION = ['-V', '--version'];

/**
 * The `worker-metrics` command with its subcommands.
 *
 * @param called the first argument. If it is the name of a command, only that one is loaded; the version needs none.
 */
export async function workerMetricsProgram(
  commands: Commands,
  environment: Environment,
  finish: Finish,
  called = '',
): Promise<Command> {
  const program = new Command('worker-metrics')
    .description('Kubernetes manifests in which every worker of a web application is scraped by Prometheus.')
    .version((JSON.parse(packageFile('package.json')) as { version: string }).version, VERSION.join(', '));
  for (const load of commandsFor(commands, called)) program.addCommand(await load(environment, finish));
  return program;
}

function commandsFor(commands: Commands, called: string): readonly LoadCommand[] {
  if (VERSION.includes(called)) return [];
  const name = DIFF_NAMES.some((each) => each === called) ? DIFF_NAMES[0] : called;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command ? [command] : Object.values(commands);
}
