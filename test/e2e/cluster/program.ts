import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { eventually } from './eventually.js';

/** A running program, its output, and its end. */
export class Program {
  private readonly output = { stdout: '', stderr: '' };
  private readonly child: ChildProcess;
  /** Its exit code, after its end and that of its output; null if a signal ended it. */
  readonly exitCode: Promise<number | null>;
  private isComplete = false;

  /** @throws an error that names the command to install what is missing */
  constructor(
    command: string,
    args: readonly string[],
    options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
  ) {
    // A group of its own, so that its end is the end of all its children.
    this.child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.on('error', (error) => (this.output.stderr += String(error)));
    this.exitCode = new Promise((resolve) =>
      this.child.once('close', (code) => {
        this.isComplete = true;
        resolve(code);
      }),
    );
    for (const stream of ['stdout', 'stderr'] as const) {
      this.child[stream]?.setEncoding('utf8').on('data', (text: string) => (this.output[stream] += text));
    }
    running.add(this);
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(this.text);
    return this.child.pid;
  }

  /** All that it wrote so far. */
  get text(): string {
    return this.output.stdout + this.output.stderr;
  }

  /** Its complete lines so far. */
  get lines(): string[] {
    return Object.values(this.output).flatMap((text) => text.split('\n').slice(0, -1));
  }

  /** Whether it has ended. The last of its output may be missing, and its children may still run. */
  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits for its end and the last of its output. */
  async ended(): Promise<void> {
    await eventually(() => {
      if (!this.isComplete) throw new Error(`it still runs:\n${this.text}`);
    });
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name);
  }

  /** Kills it and all its children; resolves when none of them runs: one that is killed may still write a file. */
  async end(): Promise<void> {
    running.delete(this);
    endGroup(this.child.pid);
    await this.exitCode; // all of them have closed its output
  }

  /** @internal */
  endNow(): void {
    endGroup(this.child.pid);
  }
}

const running = new Set<Program>();
process.on('exit', () => running.forEach((program) => program.endNow()));

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // all gone already
  }
}

/** @throws an error that names the command to install a program which this machine lacks */
export function need(program: string, install: string): void {
  if (spawnSync(program, ['--version']).error) {
    throw new Error(`${program} is not installed; install it with: ${install}`);
  }
}

/** Runs a command to its end. @throws with its output when it fails */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
