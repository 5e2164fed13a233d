import { jest } from '@jest/globals';
import { COMMANDS } from '../../src/cli/commands.js';
import { main } from '../../src/cli/main.js';

/** The output of a command, and its exit code. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** @default - the working directory of the tests */
  readonly cwd?: string | undefined;
  /** Variables on top of those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `worker-metrics` with these arguments in this process: a process of its own takes half a second to start. */
export async function runMain(args: readonly string[], { cwd, env = {} }: RunOptions = {}): Promise<Ran> {
  const output = { stdout: '', stderr: '' };
  const spies = [
    ...(['stdout', 'stderr'] as const).map((stream) =>
      jest.spyOn(process[stream], 'write').mockImplementation((text) => {
        output[stream] += String(text);
        return true;
      }),
    ),
    jest.spyOn(console, 'log').mockImplementation((text: string) => void (output.stdout += `${text}\n`)),
    jest.spyOn(console, 'error').mockImplementation((text: string) => void (output.stderr += `${text}\n`)),
  ];
  const before = { cwd: process.cwd(), env: process.env };
  process.env = { ...process.env, ...env };
  if (cwd !== undefined) process.chdir(cwd);
  try {
    return { exitCode: await main(args, COMMANDS), ...output };
  } finally {
    process.chdir(before.cwd);
    process.env = before.env;
    for (const spy of spies) spy.mockRestore();
  }
}
