import { readdirSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { DNS_1123_LABEL, matches } from '../kubernetes/text-formats.js';
import { about, isAbsent, isSystemError, systemReason } from '../diagnostics/system-error.js';
import { DELIVERY_FOLDER, isManifestName } from './layout.js';

/** The part of an output folder that a run reads and writes. */
export interface Scope {
  /** Only the folders of these environments. @default - the whole output folder */
  readonly environments?: readonly string[] | undefined;
}

/** One folder of manifests. Paths are relative to the output folder, with "/" on every system. */
export interface ManifestFolder {
  /** Empty for the output folder itself. */
  readonly name: string;
  readonly files: readonly string[];
}

/** A folder that this program has no permission to read. */
export class UnreadableFolder extends Error {
  override readonly name = 'UnreadableFolder';
  readonly hint = 'make it readable, or move it away';

  constructor(
    readonly folder: string,
    cause: Error,
  ) {
    super(`cannot be read: ${systemReason(cause)}`, { cause });
  }
}

/** The folders of manifests in an output folder: itself, each environment's, and the delivery folder in each. */
export function manifestFolders(output: string, { environments }: Scope = {}): ManifestFolder[] {
  if (environments !== undefined)
    return [...new Set(environments)].flatMap((name) => withDelivery(output, name));
  return ['', ...environmentsIn(output)].flatMap((name) => withDelivery(output, name));
}

/** Paths of all manifest files, relative to the output folder. */
export function manifestFiles(output: string, scope?: Scope): string[] {
  return manifestFolders(output, scope).flatMap(({ files }) => files);
}

function withDelivery(output: string, folder: string): ManifestFolder[] {
  return [folder, join(folder, DELIVERY_FOLDER)].map((name) => ({
    name,
    files: entries(output, name)
      .filter((entry) => !entry.isDirectory() && isManifestName(entry.name))
      .map((entry) => join(name, entry.name)),
  }));
}

/** Folders whose name may be an environment's: others, such as lost+found, are not read. */
function environmentsIn(output: string): string[] {
  return entries(output, '')
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => matches(DNS_1123_LABEL, name) && name !== DELIVERY_FOLDER);
}

/** Entries of a folder, sorted by name; empty if the folder does not exist. */
function entries(output: string, folder: string): Dirent[] {
  const whole = path.join(output, folder);
  try {
    const found = about(whole, () => readdirSync(whole, { withFileTypes: true }));
    return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw isSystemError(error) && error.code === 'EACCES' ? new UnreadableFolder(whole, error) : error;
  }
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
