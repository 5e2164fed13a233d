import { YAMLException } from 'js-yaml';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { Lines, type Position } from './lines.js';
import { missingQuotes } from './missing-quotes.js';
import { syntaxHint } from './syntax-hints.js';
import type { Fault, RepeatedKey } from './yaml-keys.js';
import type { Span } from './yaml-position.js';

/** The position of a value or key. */
export interface Extent extends Position {
  /** Column after its last character; undefined if it ends on another line. */
  readonly endColumn?: number;
}

/** Converts offsets in a file, or in a part of it, to positions and diagnostics. */
export class YamlPlace {
  private readonly lines: Lines;

  /** @param origin position of the text in the file */
  constructor(
    readonly file: string,
    readonly text: string,
    private readonly origin: Position = { line: 1, column: 1 },
  ) {
    this.lines = new Lines(text);
  }

  problem({ offset, message, hint }: Fault): Diagnostic {
    return errorAt({ file: this.file, ...this.positionAt(offset) }, message, hint);
  }

  /** The diagnostic for a text that cannot be parsed. */
  unreadable(error: unknown): Diagnostic {
    if (!(error instanceof YAMLException)) throw error;
    const { mark, reason } = error;
    const quotes = mark && missingQuotes(this.text, mark.position, reason);
    const position = quotes?.offset ?? mark?.position;
    const lineOf = (offset: number) => this.positionAt(offset).line;
    return errorAt(
      { file: this.file, ...(position !== undefined && this.positionAt(position)) },
      `not YAML: ${quotes?.message ?? reason}`,
      quotes?.hint ?? (mark && syntaxHint(this.text, mark.position, reason, lineOf)),
    );
  }

  repeatedKey({ path, offset, earlierOffset }: RepeatedKey): Diagnostic {
    const earlier = this.positionAt(earlierOffset).line;
    return errorAt(
      { file: this.file, ...this.positionAt(offset), field: formatPath(path) },
      `given in line ${earlier} too`,
      'remove one of the two',
    );
  }

  extentOf({ start, end }: Span): Extent {
    const position = this.positionAt(start);
    return end === undefined ? position : { ...position, endColumn: position.column + end - start };
  }

  private positionAt(offset: number): Position {
    const { line, column } = this.lines.positionAt(offset);
    return {
      line: this.origin.line + line - 1,
      column: line === 1 ? this.origin.column + column - 1 : column,
    };
  }
}
