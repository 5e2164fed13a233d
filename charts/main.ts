import path from 'node:path';
import { Command, CommanderError } from 'commander';
import type { OutputChanges } from '../src/output/output-folder.js';
import { formatProblem, type Problem } from '../src/problems/problem.js';
import { synth } from './synth-command.js';

/**
 * The `worker-metrics` command: the one place that looks at arguments, environment and exit code. What it says goes to
 * stderr, as `cdk8s synth --stdout` prints manifests.
 *
 * @param args without the names of node and script
 * @returns exit code: 0 done, 1 not
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    let done = true;
    await program((succeeded) => (done = succeeded)).parseAsync(args, { from: 'user' });
    return done ? 0 : 1;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode; // commander has said what is wrong
    console.error(`worker-metrics: a fault of this program, please report it: ${String(error)}`);
    if (process.env['WORKER_METRICS_DEBUG'] !== undefined) console.error(error);
    return 1;
  }
}

function program(finish: (succeeded: boolean) => void): Command {
  const { WORKER_METRICS_VALUES, CDK8S_OUTDIR = 'dist' } = process.env;
  const values = WORKER_METRICS_VALUES?.split(path.delimiter).filter((part) => part !== '') ?? ['values'];
  const command = new Command('worker-metrics')
    .description('Kubernetes manifests in which every worker of a web application is scraped by Prometheus.')
    .exitOverride();
  command
    .command('synth', { isDefault: true })
    .description('write the manifests of all values files; on any problem, change nothing')
    .option('--values <path>', 'values file, or folder of them; repeatable', repeatable)
    .option('--output <folder>', 'folder for the manifests', CDK8S_OUTDIR)
    .addHelpText(
      'after',
      `
Without --values: the paths in WORKER_METRICS_VALUES, joined by "${path.delimiter}", or else the folder values.

Examples:
  $ worker-metrics synth
  $ worker-metrics synth --values values/shop.yaml --values ../team-b/values --output out`,
    )
    .action((options: { values?: string[]; output: string }) => {
      const result = synth({ values: options.values ?? values, output: options.output });
      console.error(
        'problems' in result ? inWords(result.problems) : summary(options.output, result.changes),
      );
      finish(!('problems' in result));
    });
  return command;
}

function repeatable(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

function inWords(problems: readonly Problem[]): string {
  return [...problems.map(formatProblem), `${count(problems.length, 'problem')}; nothing was written`].join(
    '\n',
  );
}

function summary(output: string, { written, unchanged, removed }: OutputChanges): string {
  return `${output}: ${count(written.length, 'file')} written, ${unchanged} unchanged, ${removed.length} removed`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
