import { mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning, processIdSpace } from './process-ids.js';

const PREFIX = '.staging-';

/** How long nothing is written to a folder before a run of which we cannot know whether it lives is taken to be dead. */
const ABANDONED_AFTER_MS = 3_600_000;

/** Makes a folder to write in, within another one and so on its file system. git does not see it. */
export function makeStagingFolder(within: string): string {
  const folder = mkdtempSync(path.join(within, `${PREFIX}${processIdSpace()}-${process.pid}-`));
  writeFileSync(path.join(folder, '.gitignore'), '*\n');
  return folder;
}

/** Removes staging folders, as far as it is allowed to: what is left of one does no harm. */
export function removeStagingFolders(folders: Iterable<string>): void {
  for (const folder of folders) attempt(() => rmSync(folder, { recursive: true, force: true }));
}

/** Removes from a folder the staging folders of runs that were killed. */
export function removeAbandoned(within: string): void {
  removeStagingFolders(staging(within, PREFIX).filter(isAbandoned));
}

/** Removes those that earlier versions left, which staged beside the output folder. */
export function removeAbandonedBeside(output: string): void {
  attempt(() => {
    const whole = realpathSync(output);
    const beside = staging(path.dirname(whole), `.${path.basename(whole)}${PREFIX}`);
    removeStagingFolders(beside.filter(isOld));
  });
}

function staging(within: string, prefix: string): string[] {
  const names = attempt(() => readdirSync(within)) ?? [];
  return names.filter((name) => name.startsWith(prefix)).map((name) => path.join(within, name));
}

function isAbandoned(folder: string): boolean {
  const [, space, pid] = /-([0-9a-f]+)-([0-9]+)-\w+$/.exec(folder) ?? [];
  if (space !== processIdSpace()) return isOld(folder);
  // A folder with our own process id is from a process that had it before.
  return Number(pid) === process.pid || !isRunning(Number(pid));
}

function isOld(folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > ABANDONED_AFTER_MS;
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
