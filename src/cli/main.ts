import { CommanderError } from 'commander';
import { inspect } from 'node:util';
import { workerMetricsProgram } from './program.js';
import { printMessage } from './terminal/print.js';
import { CANNOT_SAY } from './diff.js';

/**
 * Runs the `worker-metrics` command.
 *
 * @param args without the names of node and script
 * @returns exit code: 0 for success, 1 for a failure; `diff`: 1 for differences, 2 for a failure
 */
export async function main(args: readonly string[]): Promise<number> {
  const failed = args[0] === 'diff' ? CANNOT_SAY : 1;
  try {
    let exitCode = 0;
    const program = workerMetricsProgram(process.env, (code) => (exitCode = code))
      .exitOverride()
      .configureOutput({ writeErr: (text) => printMessage(text.trimEnd()) });
    for (const command of program.commands) command.copyInheritedSettings(program);
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode && failed; // commander has printed the error
    printMessage(`worker-metrics: a bug in this program, please report it: ${String(error)}`);
    if (process.env['WORKER_METRICS_DEBUG'] !== undefined) printMessage(inspect(error));
    return failed;
  }
}
