import { realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  attempt,
  foldersIn,
  isOld,
  makeRunFolder,
  removeAbandonedRunFolders,
  removeFolders,
} from './run-folder.js';

const PREFIX = '.staging-';
/** What followed the prefix in earlier versions. */
const EARLIER_SUFFIX = /^[0-9]+-\w{6}$/;

/** Makes a folder to write in, within another one and so on its file system. git does not see it. */
export function makeStagingFolder(within: string): string {
  const folder = makeRunFolder(within, PREFIX);
  writeFileSync(path.join(folder, '.gitignore'), '*\n');
  return folder;
}

/** Removes staging folders, as far as it is allowed to: what is left of one does no harm. */
export function removeStagingFolders(folders: Iterable<string>): void {
  removeFolders(folders);
}

/** Removes from a folder the staging folders of runs that were killed. */
export function removeAbandoned(within: string): void {
  removeAbandonedRunFolders(within, PREFIX);
}

/** Removes those that earlier versions left, which staged beside the output folder. */
export function removeAbandonedBeside(output: string): void {
  attempt(() => {
    const whole = realpathSync(output);
    const prefix = `.${path.basename(whole)}${PREFIX}`;
    removeFolders(foldersIn(path.dirname(whole), prefix, EARLIER_SUFFIX).filter(isOld));
  });
}
