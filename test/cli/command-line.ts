import { jest } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../src/cli/main.js';

/** What a command said and how it ended. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

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

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As `run`, with this folder as the working directory. */
  async runInside(...args: readonly string[]): Promise<Ran> {
    const before = process.cwd();
    process.chdir(this.folder);
    try {
      return await this.run(...args);
    } finally {
      process.chdir(before);
    }
  }

  /** What is said about files names them relative to this folder. */
  async run(...args: readonly string[]): Promise<Ran> {
    const said = { stdout: '', stderr: '' };
    const spies = (['stdout', 'stderr'] as const).map((stream) =>
      jest.spyOn(process[stream], 'write').mockImplementation((text) => {
        said[stream] += String(text);
        return true;
      }),
    );
    const log = jest
      .spyOn(console, 'log')
      .mockImplementation((text: string) => void (said.stdout += `${text}\n`));
    const error = jest
      .spyOn(console, 'error')
      .mockImplementation((text: string) => void (said.stderr += `${text}\n`));
    try {
      const exitCode = await main(args);
      const relative = (text: string) => text.replaceAll(`${this.folder}/`, '');
      return { exitCode, stdout: relative(said.stdout), stderr: relative(said.stderr) };
    } finally {
      for (const spy of [...spies, log, error]) spy.mockRestore();
    }
  }
}
