import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { MANAGED_BY } from '../kubernetes/labels.js';
import { DNS_1123_LABEL, keeps } from '../kubernetes/text-rules.js';
import { about, isAbsent, isSystemError, systemReason } from '../problems/system-error.js';
import { DELIVERY_FOLDER, EXTENSION } from './layout.js';

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
  if (environments !== undefined) return environments.flatMap((name) => withDelivery(output, name));
  return ['', ...environmentsIn(output)].flatMap((name) => withDelivery(output, name));
}

/** All manifest files, by their paths in the output folder. */
export function manifestFiles(output: string, scope?: Scope): string[] {
  return manifestFolders(output, scope).flatMap(({ files }) => files);
}

/** The manifest files that this program wrote. */
export function ownFiles(output: string, scope?: Scope): string[] {
  return manifestFiles(output, scope).filter((file) => isOwnFile(output, file));
}

export function isOwnFile(output: string, file: string): boolean {
  try {
    return isOurs(readFileSync(path.join(output, file), 'utf8'));
  } catch {
    return false; // what we cannot read is not known to be ours: a link to nowhere, somebody's secret
  }
}

/** A label of an object, as it stands in what we write. */
const OUR_LABEL = new RegExp(
  `^metadata:\\r?\\n(?: .*\\r?\\n)*? {4}app\\.kubernetes\\.io/managed-by: ${MANAGED_BY}$`,
  'm',
);

/** Whether this program wrote a manifest, and so may replace or remove it: everything that it makes says so. */
export function isOurs(text: string): boolean {
  return OUR_LABEL.test(text);
}

/** The text of a file, or undefined where there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return about(file, () => readFileSync(file, 'utf8'));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function withDelivery(output: string, folder: string): ManifestFolder[] {
  return [folder, join(folder, DELIVERY_FOLDER)].map((name) => ({
    name,
    files: entries(output, name)
      .filter((entry) => !entry.isDirectory() && entry.name.endsWith(EXTENSION))
      .map((entry) => join(name, entry.name)),
  }));
}

/** Folders that have the name of an environment: others, such as lost+found, are not even looked into. */
function environmentsIn(output: string): string[] {
  return entries(output, '')
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => keeps(DNS_1123_LABEL, name) && name !== DELIVERY_FOLDER);
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
