import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { isRunning, processIdSpace } from './process-ids.js';

/** Text after the prefix: process id space, process id, random characters. Other folders are the user's. */
const SUFFIX = /^([0-9a-f]{12})-([0-9]+)-\w{6}$/;

/** After this time without a change, the folder of a run on another machine or in another container is abandoned. */
const ABANDONED_AFTER_MS = 3_600_000;

const madeHere = new Set<string>();

/** Makes a folder for this run. Its name contains the process id: later runs see whether this run has ended. */
export function makeRunFolder(within: string, prefix: string): string {
  const folder = mkdtempSync(path.join(within, `${prefix}${processIdSpace()}-${process.pid}-`));
  madeHere.add(folder);
  return folder;
}

/** Removes folders; errors are ignored, as a remaining folder does no harm. */
export function removeFolders(folders: Iterable<string>): void {
  for (const folder of folders) {
    attempt(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
    madeHere.delete(folder);
  }
}

/** Removes the folders of killed runs. */
export function removeAbandonedRunFolders(within: string, prefix: string): void {
  const found = foldersIn(within, prefix, SUFFIX);
  removeFolders(found.filter((folder) => isAbandoned(folder, path.basename(folder).slice(prefix.length))));
}

function foldersIn(within: string, prefix: string, suffix: RegExp): string[] {
  const names = attempt(() => readdirSync(within)) ?? [];
  return names
    .filter((name) => name.startsWith(prefix) && suffix.test(name.slice(prefix.length)))
    .map((name) => path.join(within, name));
}

export function isOld(folder: string): boolean {
  const stat = attempt(() => statSync(folder, { throwIfNoEntry: false }));
  return stat !== undefined && Date.now() - stat.mtimeMs > ABANDONED_AFTER_MS;
}

export function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function isAbandoned(folder: string, suffix: string): boolean {
  const [, space, pid] = SUFFIX.exec(suffix) ?? [];
  if (space !== processIdSpace()) return isOld(folder);
  // Another folder with our process id is from an earlier process with the same id.
  return Number(pid) === process.pid ? !madeHere.has(folder) : !isRunning(Number(pid));
}
