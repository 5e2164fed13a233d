import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** This repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export const COMMAND = path.join(ROOT, 'bin/worker-metrics.cjs');

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds. It ends a program that would never end: none takes so long on a slow machine. */
const LONGEST_RUN = 800_000;

interface RunOptions {
  /** @default - this repository */
  readonly cwd?: string;
  /** Over the environment of the tests, without what the command itself looks for there. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `worker-metrics` with these arguments, as a user does. */
export function workerMetrics(args: readonly string[], options?: RunOptions): Ran {
  return run(process.execPath, [COMMAND, ...args], options);
}

export function run(file: string, args: readonly string[], { cwd = ROOT, env = {} }: RunOptions = {}): Ran {
  const { WORKER_METRICS_VALUES: _, CDK8S_OUTDIR: __, ...inherited } = process.env;
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    env: { ...inherited, ...env },
    encoding: 'utf8',
    timeout: LONGEST_RUN,
  });
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}

/** Returns a run that ended well. @throws Error with what it printed, otherwise */
export function succeeded(ran: Ran): Ran {
  if (ran.exitCode !== 0) throw new Error(`exit ${ran.exitCode}: ${ran.stdout}${ran.stderr}`);
  return ran;
}
