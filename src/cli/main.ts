import { CommanderError } from 'commander';
import { inspect } from 'node:util';
import { systemReason } from '../diagnostics/system-error.js';
import { workerMetricsProgram, type Commands } from './program.js';
import { printMessage, printResult } from './terminal/print.js';
import { ownStandardStreams, whenAllIsWritten } from './terminal/standard-streams.js';
import { exitCodeOfFailure } from './exit-codes.js';

/** Runs the command as this process: prints on its streams, sets its exit code, and ends it. */
export async function run(args: readonly string[], commands: Commands): Promise<void> {
  ownStandardStreams((error) => {
    // The reader may close the pipe early (`head -1`): ignore EPIPE.
    if (error.code !== 'EPIPE') process.once('exit', () => reportLostOutput(error, args));
  });
  process.exitCode = await main(args, commands);
  // Otherwise V8 collects garbage, and Node takes its memory apart, for 15 ms.
  whenAllIsWritten(() => process.exit());
}

/** An error of commander, with a hint if it has none. */
function withHint(text: string): string {
  if (text.includes("arguments for 'diff'"))
    return `${text}name files and folders of values with --values; trace FILE checks manifests\n`;
  if (text.includes('Expected 0 arguments')) return `${text}name files and folders of values with --values\n`;
  const isUnknown = text.startsWith('error: unknown command') && !text.includes('Did you mean');
  return isUnknown ? `${text}for all commands: worker-metrics --help\n` : text;
}

function reportLostOutput(error: Error, args: readonly string[]): void {
  if (process.exitCode === exitCodeOfFailure(args)) return; // reported, or an earlier problem
  printMessage(`standard output: cannot be written: ${systemReason(error)}`);
  process.exitCode = exitCodeOfFailure(args);
}

/**
 * Runs the `worker-metrics` command.
 *
 * @param args without the names of node and script
 * @returns exit code: 0 for success, 1 for a failure; `diff`: 1 for differences, 2 for a failure
 */
export async function main(args: readonly string[], commands: Commands): Promise<number> {
  try {
    let exitCode = 0;
    const [called] = args;
    const finish = (code: number) => (exitCode = code);
    const program = (await workerMetricsProgram(commands, process.env, finish, called))
      .exitOverride()
      .configureHelp({ minWidthToWrap: 20 })
      .configureOutput({
        writeOut: (text) => printResult(text.trimEnd()),
        writeErr: (text) => printMessage(text.trimEnd()),
        outputError: (text, write) => write(withHint(text)),
      });
    for (const command of program.commands) command.copyInheritedSettings(program);
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode && exitCodeOfFailure(args); // commander has printed the error
    printMessage(`worker-metrics: a bug in this program, please report it: ${String(error)}`);
    if (process.env['WORKER_METRICS_DEBUG'] !== undefined) printMessage(inspect(error));
    return exitCodeOfFailure(args);
  }
}
