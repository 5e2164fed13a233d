import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { makeFolder } from '../files/make-folder.js';
import { readFile, specialFile } from '../files/read-file.js';
import { replaceFile } from '../files/replace-file.js';
import { systemProblem } from '../output/system-problem.js';
import { isReportPage } from '../report/page-head.js';

/** Writes a page in one step. It replaces an earlier page, but no other file. Returns the problem, if any. */
export function writePage(file: string, page: string): Diagnostic | undefined {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) makeFolder(path.dirname(file));
    else {
      const obstacle = stat.isDirectory() ? 'a folder' : specialFile(stat);
      if (obstacle !== undefined)
        return errorAt({ file }, obstacle, 'name a file with --output, or - for standard output');
      if (!isReportPage(readFile(file).toString('utf8', 0, 2000)))
        return errorAt(
          { file },
          'exists, and is not a page of this command',
          'remove it, or name another file with --output',
        );
    }
    replaceFile(stat === undefined ? file : realpathSync(file), page);
    return undefined;
  } catch (error) {
    return systemProblem(error, 'written', file);
  }
}
