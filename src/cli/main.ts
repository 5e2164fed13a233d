import { CommanderError, type Command } from 'commander';
import { inspect } from 'node:util';
import { workerMetricsProgram } from './program.js';
import { printMessage, printResult } from './terminal/print.js';
import { CANNOT_SAY } from './diff.js';

/**
 * Runs the `worker-metrics` command.
 *
 * @param args without the names of node and script
 * @returns exit code: 0 for success, 1 for a failure; `diff`: 1 for differences, 2 for a failure
 */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = workerMetricsProgram(process.env, (code) => (exitCode = code))
    .exitOverride()
    .configureHelp({ minWidthToWrap: 20 })
    .configureOutput({
      writeOut: (text) => printResult(text.trimEnd()),
      writeErr: (text) => printMessage(text.trimEnd()),
    });
  for (const command of program.commands) command.copyInheritedSettings(program);
  const failed = exitCodeOfFailure(program, args);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode && failed; // commander has printed the error
    printMessage(`worker-metrics: a bug in this program, please report it: ${String(error)}`);
    if (process.env['WORKER_METRICS_DEBUG'] !== undefined) printMessage(inspect(error));
    return failed;
  }
}

/** The exit code for a problem or an unknown option: for `diff`, 1 always means a difference. */
function exitCodeOfFailure({ commands }: Command, [given = '']: readonly string[]): number {
  const command = commands.find((each) => each.name() === given || each.aliases().includes(given));
  return command?.name() === 'diff' ? CANNOT_SAY : 1;
}
