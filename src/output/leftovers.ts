import path from 'node:path';
import { isForeign, readManifestFile } from './manifest-file.js';
import { manifestFiles, type Scope } from './manifest-folders.js';

/** A manifest in an output folder that the values of a run do not describe. */
export interface Leftover {
  /** Path in the output folder. */
  readonly file: string;
  /** Why no run removes it: `a link`. Undefined where this program wrote it. */
  readonly obstacle?: string | undefined;
}

/** The manifests that a run did not give, without those of somebody else. @param given paths in the output folder */
export function leftovers(output: string, scope: Scope, given: ReadonlySet<string>): Leftover[] {
  return manifestFiles(output, scope)
    .filter((file) => !given.has(file))
    .map((file) => ({ file, found: readManifestFile(path.join(output, file)) }))
    .filter(({ found }) => !isForeign(found))
    .map(({ file, found }) => ({ file, obstacle: found.obstacle }));
}

/** What becomes of the leftovers of a run. */
export interface Sorted {
  readonly removed: readonly string[];
  readonly kept: readonly Leftover[];
}

/** @param mayRemove whether the run knows that nobody else gives them */
export function sortLeftovers(found: readonly Leftover[], mayRemove: boolean): Sorted {
  const isRemoved = ({ obstacle }: Leftover) => mayRemove && obstacle === undefined;
  return {
    removed: found.filter(isRemoved).map(({ file }) => file),
    kept: found.filter((leftover) => !isRemoved(leftover)),
  };
}
