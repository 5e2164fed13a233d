import { mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning, processIdSpace } from './process-ids.js';

const PREFIX = '.staging-';
/** What follows the prefix: process id space, process id, random letters. Other folders are the user's. */
const SUFFIX = /^([0-9a-f]{12})-([0-9]+)-\w{6}$/;
/** The same in earlier versions. */
const EARLIER_SUFFIX = /^[0-9]+-\w{6}$/;

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
  removeStagingFolders(staging(within, PREFIX, SUFFIX).filter(isAbandoned));
}

/** Removes those that earlier versions left, which staged beside the output folder. */
export function removeAbandonedBeside(output: string): void {
  attempt(() => {
    const whole = realpathSync(output);
    const prefix = `.${path.basename(whole)}${PREFIX}`;
    const beside = staging(path.dirname(whole), prefix, EARLIER_SUFFIX);
    removeStagingFolders(beside.filter(isOld));
  });
}

function staging(within: string, prefix: string, suffix: RegExp): string[] {
  const names = attempt(() => readdirSync(within)) ?? [];
  return names
    .filter((name) => name.startsWith(prefix) && suffix.test(name.slice(prefix.length)))
    .map((name) => path.join(within, name));
}

function isAbandoned(folder: string): boolean {
  const [, space, pid] = SUFFIX.exec(path.basename(folder).slice(PREFIX.length)) ?? [];
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
