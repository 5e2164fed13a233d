import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder to write in, beside the output folder: on the same file system, so that a file moves from one to the
 * other in one step. Removes those of runs that were killed.
 */
export function makeStagingFolder(output: string): string {
  const whole = realpathSync(output);
  const prefix = path.join(path.dirname(whole), `.${path.basename(whole)}.staging-`);
  removeAbandoned(prefix);
  return mkdtempSync(`${prefix}${process.pid}-`);
}

function removeAbandoned(prefix: string): void {
  for (const name of readdirSync(path.dirname(prefix))) {
    const [, pid] = name.startsWith(path.basename(prefix)) ? (/-([0-9]+)-\w+$/.exec(name) ?? []) : [];
    // A folder with our own process id is from a process that had it before, as in containers.
    if (pid !== undefined && (Number(pid) === process.pid || !isRunning(Number(pid))))
      rmSync(path.join(path.dirname(prefix), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
