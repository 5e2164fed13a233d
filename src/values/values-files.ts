import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';

/** How a folder is read. */
export interface FolderReading {
  /** Whether the folders in it are read too. Hidden ones and node_modules never are. @default false */
  readonly subfolders?: boolean | undefined;
  /** A folder that is not read where it is within another. @default - none */
  readonly except?: string | undefined;
}

/**
 * The `.yaml` and `.yml` files in a folder, in the order of their names, without hidden ones: editors keep those beside
 * files that are being changed. Each folder is read once, though links may lead there again.
 *
 * @param attempt runs what may fail for one path, and reports it
 */
export function filesInFolder(
  folder: string,
  { subfolders = false, except }: FolderReading,
  attempt: (file: string, act: () => void) => void,
): string[] {
  const files: string[] = [];
  const read = new Set(except === undefined ? [] : [realPathOf(except)]);
  read.delete(realPathOf(folder)); // who names that folder itself means it

  function walk(folder: string): void {
    const real = realpathSync(folder);
    if (read.has(real)) return;
    read.add(real);
    const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name);
      if (VALUES_FILE.test(entry.name)) files.push(file);
      else if (subfolders && entry.name !== 'node_modules')
        attempt(file, () => {
          if (isFolder(entry, file)) walk(file);
        });
    }
  }

  walk(folder);
  return files;
}

const VALUES_FILE = /\.ya?ml$/i;

/** A link to nothing is an error: it may have been a folder of values. */
function isFolder(entry: Dirent, file: string): boolean {
  return entry.isSymbolicLink() ? statSync(file).isDirectory() : entry.isDirectory();
}

function realPathOf(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined; // nothing is there to read
  }
}
