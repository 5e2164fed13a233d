import { withEdits, type Edit } from './yaml-text.js';

/** A byte order mark at the start of a document is not part of a value (YAML 1.2, 5.2). */
const BYTE_ORDER_MARK = /(?<=^---(?:[ \t].*)?\r?\n)\uFEFF/gm;

/** The text that is parsed. */
export function withoutByteOrderMarks(source: string): string {
  return source.includes('\uFEFF') ? source.replaceAll(BYTE_ORDER_MARK, '') : source;
}

/** Changes the text that is parsed, and keeps the byte order marks in the source. */
export function editSource(source: string, edits: readonly Edit[]): string {
  const removed = Array.from(source.matchAll(BYTE_ORDER_MARK), ({ index }, i) => index - i);
  const inSource = (offset: number) => offset + removed.filter((mark) => mark <= offset).length;
  return withEdits(
    source,
    edits.map(({ start, end, text }) => ({ start: inSource(start), end: inSource(end), text })),
  );
}
