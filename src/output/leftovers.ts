import path from 'node:path';
import { DELIVERY_FOLDER } from './layout.js';
import { isForeign, readManifestFile } from './manifest-file.js';
import { manifestFiles, manifestFolders, type Scope } from './manifest-folders.js';

/** A manifest in an output folder that the values of a run do not describe. */
export interface Leftover {
  /** Path in the output folder. */
  readonly file: string;
  /** Why no run removes it, such as `a link`; undefined if this program wrote it. */
  readonly obstacle?: string | undefined;
}

/** Manifests in the folder that a run did not give, without files of others. @param given paths in the output folder */
export function leftovers(output: string, scope: Scope, given: ReadonlySet<string>): Leftover[] {
  const folders = manifestFolders(output, scope);
  const linked = linkedFolders(new Set(folders.map(({ name }) => name)), given);
  return [
    ...folders.flatMap(({ files }) => files).map((file) => ({ file })),
    ...manifestFiles(output, { environments: linked }).map((file) => ({
      file,
      obstacle: 'in a linked folder',
    })),
  ]
    .filter(({ file }) => !given.has(file))
    .flatMap(({ file, obstacle }: Leftover) => {
      const found = readManifestFile(path.join(output, file));
      return isForeign(found) ? [] : [{ file, obstacle: obstacle ?? found.obstacle }];
    });
}

/** Environments of this run whose folder is a link: the owner of the manifests in it is unknown. */
function linkedFolders(folders: ReadonlySet<string>, given: ReadonlySet<string>): string[] {
  const environments = new Set(
    [...given].filter((file) => file.includes('/')).map((file) => file.split('/')[0] ?? ''),
  );
  return [...environments].filter((name) => name !== DELIVERY_FOLDER && !folders.has(name));
}

/** The leftovers of a run, as removed or kept. */
export interface Sorted {
  readonly removed: readonly string[];
  readonly kept: readonly Leftover[];
}

/** @param mayRemove whether the run knows every application, so that no other run gives them */
export function sortLeftovers(found: readonly Leftover[], mayRemove: boolean): Sorted {
  const isRemoved = ({ obstacle }: Leftover) => mayRemove && obstacle === undefined;
  return {
    removed: found.filter(isRemoved).map(({ file }) => file),
    kept: found.filter((leftover) => !isRemoved(leftover)),
  };
}
