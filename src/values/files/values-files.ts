import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';

/** A file in a folder. */
export interface FolderFile {
  readonly file: string;
  /** Its real path, if it is a regular file and no link. @default - not known */
  readonly real?: string;
}

/** Options for reading a folder. */
export interface FolderReading {
  /** Whether to read its subfolders, except hidden ones and node_modules. @default false */
  readonly subfolders?: boolean | undefined;
  /** A subfolder to skip. @default - none */
  readonly except?: string | undefined;
}

/**
 * The `.yaml`, `.yml` and `.json` files in a folder, sorted by name. Hidden files are skipped: they may be backups of an editor.
 * Each folder is read once, even if links lead to it again.
 *
 * @param attempt runs a function for one path, and reports its error
 */
export function filesInFolder(
  folder: string,
  { subfolders = false, except }: FolderReading,
  attempt: (file: string, act: () => void) => void,
): FolderFile[] {
  const files: FolderFile[] = [];
  const read = new Set(except === undefined ? [] : [realPathOf(except)]);
  read.delete(realPathOf(folder)); // the user named that folder itself

  function walk(folder: string): void {
    const real = realpathSync(folder);
    if (read.has(real)) return;
    read.add(real);
    const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name);
      const found = entry.isFile() ? { file, real: path.join(real, entry.name) } : { file };
      if (YAML_FILE.test(entry.name)) files.push(found);
      else if ((subfolders && entry.name !== 'node_modules') || isJson(entry.name))
        attempt(file, () => {
          if (!isFolder(entry, file)) files.push(...(isJson(file) ? [found] : []));
          else if (subfolders) walk(file);
        });
    }
  }

  walk(folder);
  return files;
}

const YAML_FILE = /\.ya?ml$/i;

export function isJson(file: string): boolean {
  return /\.json$/i.test(file);
}

/** A broken link is an error: its target may have been a folder of values. */
function isFolder(entry: Dirent, file: string): boolean {
  return entry.isSymbolicLink() ? statSync(file).isDirectory() : entry.isDirectory();
}

function realPathOf(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined; // missing
  }
}
