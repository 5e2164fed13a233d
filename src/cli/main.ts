import { Command, CommanderError } from 'commander';
import { inspect } from 'node:util';
import { packageFile } from '../package/package-file.js';
import { printMessage } from './terminal/print.js';
import { checkCommand } from './check.js';
import { costsCommand } from './costs.js';
import { explainCommand } from './explain.js';
import { importHelmCommand } from './import-helm.js';
import { publishCommand } from './publish.js';
import { synthCommand } from './synth.js';
import { traceCommand } from './trace.js';

/**
 * The `worker-metrics` command.
 *
 * @param args without the names of node and script
 * @returns exit code: 0 done, 1 not
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    let exitCode = 0;
    const finish = (code: number) => (exitCode = code);
    const program = new Command('worker-metrics')
      .description(
        'Kubernetes manifests in which every worker of a web application is scraped by Prometheus.',
      )
      .version((JSON.parse(packageFile('package.json')) as { version: string }).version)
      .exitOverride()
      .configureOutput({ writeErr: (text) => printMessage(text.trimEnd()) })
      .addCommand(synthCommand(process.env, finish))
      .addCommand(checkCommand(process.env, finish))
      .addCommand(explainCommand(process.env, finish))
      .addCommand(costsCommand(process.env, finish))
      .addCommand(traceCommand(process.env, finish))
      .addCommand(importHelmCommand(finish))
      .addCommand(publishCommand(process.env, finish));
    for (const command of program.commands) command.copyInheritedSettings(program);
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode; // commander has said what is wrong
    printMessage(`worker-metrics: a fault of this program, please report it: ${String(error)}`);
    if (process.env['WORKER_METRICS_DEBUG'] !== undefined) printMessage(inspect(error));
    return 1;
  }
}
