import { run as runCommand } from '../main.js';
import { synthCommand } from '../synth.js';

/** Runs `synth` as this process. */
export function run(args: readonly string[]): Promise<void> {
  return runCommand(args, { synth: async (...given) => synthCommand(...given) });
}
