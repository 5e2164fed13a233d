import { Command } from 'commander';
import { packageFile } from '../package/package-file.js';
import type { Environment, Finish } from './command.js';
import { DIFF_NAMES } from './exit-codes.js';

type LoadCommand = (environment: Environment, finish: Finish) => Promise<Command>;

/** The commands, in the order of the help. Each is loaded only when it is called: most of a run's start is loading. */
const COMMANDS: Readonly<Record<string, LoadCommand>> = {
  init: async (...given) => (await import('./init.js')).initCommand(...given),
  synth: async (...given) => (await import('./synth.js')).synthCommand(...given),
  diff: async (...given) => (await import('./diff.js')).diffCommand(...given),
  set: async (...given) => (await import('./set.js')).setCommand(...given),
  explain: async (...given) => (await import('./explain.js')).explainCommand(...given),
  costs: async (...given) => (await import('./costs.js')).costsCommand(...given),
  trace: async (...given) => (await import('./trace.js')).traceCommand(...given),
  report: async (...given) => (await import('./report-page.js')).reportCommand(...given),
  'import-helm': async (_, finish) => (await import('./import-helm.js')).importHelmCommand(finish),
  publish: async (...given) => (await import('./publish.js')).publishCommand(...given),
};

const VERSION = ['-V', '--version'];

/**
 * The `worker-metrics` command with its subcommands.
 *
 * @param called the first argument. If it is the name of a command, only that one is loaded; the version needs none.
 */
export async function workerMetricsProgram(
  environment: Environment,
  finish: Finish,
  called = '',
): Promise<Command> {
  const program = new Command('worker-metrics')
    .description('Kubernetes manifests in which every worker of a web application is scraped by Prometheus.')
    .version((JSON.parse(packageFile('package.json')) as { version: string }).version, VERSION.join(', '));
  for (const load of commandsFor(called)) program.addCommand(await load(environment, finish));
  return program;
}

function commandsFor(called: string): readonly LoadCommand[] {
  if (VERSION.includes(called)) return [];
  const name = DIFF_NAMES.some((each) => each === called) ? DIFF_NAMES[0] : called;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return command ? [command] : Object.values(COMMANDS);
}
