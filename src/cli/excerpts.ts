import { statSync } from 'node:fs';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { readTextFile } from '../files/read-file.js';
import { mayContainSecret } from './secret-lines.js';
import { columnsOf, type Sized } from './terminal/fold.js';
import { excerptOf, type Excerpt } from './terminal/excerpt.js';

/** Most excerpts of one run: hundreds would bury the messages. */
const MOST_EXCERPTS = 20;

/** Most files whose lines are kept. */
const MOST_FILES = 10;

/** Width where the output is not a terminal. */
const WIDTH = 120;

/** Shows the line of a file that a diagnostic is about. */
export class Excerpts {
  private shown = 0;
  private readonly files = new Map<string, readonly string[]>();

  constructor(private readonly output: Sized) {}

  /** The excerpt for an error; undefined if there is none, or the line may contain a secret. */
  of({ severity, file, line, column, endColumn, field = '' }: Diagnostic): Excerpt | undefined {
    if (severity !== 'error' || file === undefined || line === undefined || column === undefined)
      return undefined;
    if (this.shown >= MOST_EXCERPTS) return undefined;
    const lines = this.linesOf(file);
    const text = lines[line - 1];
    if (text === undefined || mayContainSecret(field, text, lines[line - 2])) return undefined;
    const excerpt = excerptOf(text, { line, column, endColumn }, columnsOf(this.output) ?? WIDTH);
    if (excerpt !== undefined) this.shown += 1;
    return excerpt;
  }

  private linesOf(file: string): readonly string[] {
    const known = this.files.get(file);
    if (known !== undefined) return known;
    if (this.files.size >= MOST_FILES) this.files.clear();
    const lines = readLines(file);
    this.files.set(file, lines);
    return lines;
  }
}

/** The lines of a regular file; of anything else none, because it can be read only once. */
function readLines(file: string): readonly string[] {
  try {
    if (!statSync(file).isFile()) return [];
    return readTextFile(file).split(/\r\n|[\r\n]/);
  } catch {
    return []; // it has been removed, or is not text
  }
}
