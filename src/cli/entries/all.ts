import { COMMANDS } from '../commands.js';
import { run as runCommand } from '../main.js';

/** Runs any command as this process. */
export function run(args: readonly string[]): Promise<void> {
  return runCommand(args, COMMANDS);
}
