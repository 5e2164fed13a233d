import { readdirSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { DNS_1123_LABEL, matches } from '../kubernetes/text-formats.js';
import { about, isAbsent, isSystemError, systemReason } from '../diagnostics/system-error.js';
import { DELIVERY_FOLDER, isManifestName } from './layout.js';

/** Which part of an output folder a run is about. */
export interface Scope {
  /** The folders of these environments alone. @default - the whole output folder */
  readonly environments?: readonly string[] | undefined;
}

/** One folder of manifests. Paths are relative to the output folder, with "/" on every system. */
export interface ManifestFolder {
  /** Empty for the output folder itself. */
  readonly name: string;
  readonly files: readonly string[];
}

/** A folder that would have to be read, and is not ours to read. The message says what to do. */
export class UnreadableFolder extends Error {
  override readonly name = 'UnreadableFolder';

  constructor(
    readonly folder: string,
    cause: Error,
  ) {
    super(`cannot be read: ${systemReason(cause)}; make it readable, or move it away`, { cause });
  }
}

/** The folders of manifests in an output folder: itself, that of each environment, and the delivery folder of each. */
export function manifestFolders(output: string, { environments }: Scope = {}): ManifestFolder[] {
  if (environments !== undefined)
    return [...new Set(environments)].flatMap((name) => withDelivery(output, name));
  return ['', ...environmentsIn(output)].flatMap((name) => withDelivery(output, name));
}

/** All manifest files, by their paths in the output folder. */
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

/** Folders that have the name of an environment: others, such as lost+found, are not even looked into. */
function environmentsIn(output: string): string[] {
  return entries(output, '')
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => matches(DNS_1123_LABEL, name) && name !== DELIVERY_FOLDER);
}

/** What is in a folder, in the order of names; nothing where there is no such folder. */
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
