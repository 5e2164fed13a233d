import { afterBlanks, beforeLineBreak, lineStart } from './text-offsets.js';
import type { YamlEntry, YamlNode } from './yaml-tree.js';

/** A part of a text, and the text to write instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .map((edit, i) => ({ ...edit, i }))
    .toSorted((a, b) => b.start - a.start || b.end - a.end || b.i - a.i)
    .reduce(
      (edited, { start, end, text: instead }) => edited.slice(0, start) + instead + edited.slice(end),
      text,
    );
}

export function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

/** Finds the ends of values and lines in a text. */
export class YamlText {
  constructor(readonly text: string) {}

  /** Offset after the value of an entry, or after its colon or key if the value is empty. */
  endOf({ key, afterColon, value }: YamlEntry, blankLines?: 'with its blank lines'): number {
    return Math.max(key?.end ?? 0, afterColon ?? 0, this.contentEnd(value, blankLines));
  }

  /** Offset after the last character of a value. A block scalar ends with a line break, which stays. */
  contentEnd(node: YamlNode, blankLines?: 'with its blank lines'): number {
    const last =
      node.kind === 'map' || node.kind === 'list'
        ? node.isFlow
          ? undefined
          : node.entries.at(-1)?.value
        : undefined;
    if (last !== undefined) return this.contentEnd(last, blankLines);
    if (node.kind !== 'scalar' || node.style !== 'block') return node.end;
    if (node.keepsBlankLines && blankLines !== undefined) return node.end;
    return node.start + this.text.slice(node.start, node.end).trimEnd().length;
  }

  /** Offset of the end of the line. */
  lineEnd(offset: number): number {
    const length = this.text.slice(offset).search(/[\r\n]/);
    return length < 0 ? this.text.length : offset + length;
  }

  isFirstOnLine(offset: number): boolean {
    return this.text.slice(lineStart(this.text, offset), offset).trim() === '';
  }

  /** Offset of the comma after an entry, and the offset after both. */
  commaAfter(entry: YamlEntry): { readonly comma?: number; readonly end: number } {
    const end = this.endOf(entry);
    const comma = afterBlanks(this.text, end);
    return this.text[comma] === ',' ? { comma, end: comma + 1 } : { end };
  }

  /** Removes the lines from one offset to another. The last line of a text may have no line break. */
  wholeLines(start: number, end: number): Edit {
    const first = lineStart(this.text, start);
    const last = this.lineEnd(end);
    const next = /^(?:\r\n|[\r\n])/.exec(this.text.slice(last, last + 2))?.[0].length ?? 0;
    return next > 0
      ? { start: first, end: last + next, text: '' }
      : { start: beforeLineBreak(this.text, first), end: last, text: '' };
  }
}
