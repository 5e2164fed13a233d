import path from 'node:path';
import { type Diagnostic, warningAt } from '../../diagnostics/diagnostic.js';
import { inspectName } from '../../diagnostics/expected.js';
import { readTextFile } from '../../files/read-file.js';
import { DOCUMENT_KINDS } from '../kinds.js';

/** Keys of an application in JSON, or one of our kinds. Other files may be beside values: a schema, `package.json`. */
const LIKE_VALUES = new RegExp(
  `"(?:workers|image)"\\s*:\\s*["0-9]|"kind"\\s*:\\s*"(?:${DOCUMENT_KINDS.join('|')})"`,
);

/** Warns of a `.json` file in a folder of values that looks like values. It is not read. */
export function unreadValues(file: string): Diagnostic[] {
  if (!LIKE_VALUES.test(textOf(file))) return [];
  const name = path.basename(file);
  const yaml = name.replace(/json$/i, 'yaml');
  const message = 'not read: of a folder, .yaml and .yml files are values';
  return [warningAt({ file }, message, `rename ${inspectName(name)} to ${inspectName(yaml)}: JSON is YAML`)];
}

function textOf(file: string): string {
  try {
    return readTextFile(file);
  } catch {
    return ''; // a pipe, or in another encoding: no values either
  }
}
