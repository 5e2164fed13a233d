import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMain, type Ran } from './run-main.js';

/** A folder to run commands in, gone after the test. */
export class Workplace {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'worker-metrics-test-'));

  path(name: string): string {
    return path.join(this.folder, name);
  }

  write(name: string, text: string): string {
    const file = this.path(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a command with this folder as the working directory. */
  async runInside(...args: readonly string[]): Promise<Ran> {
    return this.relative(await runMain(args, { cwd: this.folder }));
  }

  /** Runs a command. Its output names files relative to this folder. */
  async run(...args: readonly string[]): Promise<Ran> {
    return this.relative(await runMain(args));
  }

  private relative({ exitCode, stdout, stderr }: Ran): Ran {
    const relative = (text: string) => text.replaceAll(`${this.folder}/`, '');
    return { exitCode, stdout: relative(stdout), stderr: relative(stderr) };
  }
}
