import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { MANAGED_BY } from '../kubernetes/labels.js';
import { isAbsent } from '../problems/system-error.js';
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

/** The folders of manifests in an output folder: itself, that of each environment, and the delivery folder of each. */
export function manifestFolders(output: string, { environments }: Scope = {}): ManifestFolder[] {
  if (environments !== undefined) return environments.flatMap((name) => withDelivery(output, name));
  const others = foldersIn(output).filter((name) => name !== DELIVERY_FOLDER && !name.startsWith('.'));
  return ['', ...others].flatMap((name) => withDelivery(output, name));
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
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw Object.assign(error as Error, { path: file }); // which the system leaves out for a folder
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

function foldersIn(output: string): string[] {
  return entries(output, '').flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** What is in a folder, in the order of names; nothing where there is no such folder. */
function entries(output: string, folder: string): Dirent[] {
  try {
    const found = readdirSync(path.join(output, folder), { withFileTypes: true });
    return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
