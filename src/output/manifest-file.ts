import { lstatSync } from 'node:fs';
import { readFile, UnreadableFile } from '../files/read-file.js';
import { MANAGED_BY } from '../kubernetes/labels.js';
import { about, systemReason } from '../diagnostics/system-error.js';

/** The file at the path of a manifest; its text is empty if there is none. */
export interface ManifestFile {
  readonly text?: string;
  /** Why this program may not replace or remove it; undefined if it may. */
  readonly obstacle?: string;
}

const FOREIGN = 'this program did not write it';

/** Reads the file at the path of a manifest, of any type. @throws a system error if its folder cannot be read */
export function readManifestFile(file: string): ManifestFile {
  const stat = about(file, () => lstatSync(file, { throwIfNoEntry: false }));
  if (stat === undefined) return {};
  if (stat.isDirectory()) return { obstacle: 'a folder' };
  try {
    const text = readFile(file, { isRegular: stat.isFile() }).toString('utf8');
    if (!isOurs(text)) return { text, obstacle: FOREIGN };
    return stat.isSymbolicLink() ? { text, obstacle: 'a link' } : { text };
  } catch (error) {
    const reason = error instanceof UnreadableFile ? error.message : `cannot be read: ${systemReason(error)}`;
    return { obstacle: reason };
  }
}

/** Whether another program or the user wrote the file. */
export function isForeign({ obstacle }: ManifestFile): boolean {
  return obstacle === FOREIGN;
}

/** The label `managed-by`, in the text that this program writes. */
const OUR_LABEL = new RegExp(
  `^metadata:\\r?\\n(?: .*\\r?\\n)*? {4}app\\.kubernetes\\.io/managed-by: ${MANAGED_BY}$`,
  'm',
);

/** Whether this program wrote a manifest, by its label, and therefore may replace or remove it. */
export function isOurs(text: string): boolean {
  return OUR_LABEL.test(text);
}
