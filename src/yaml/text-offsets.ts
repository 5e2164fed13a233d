const BLANK_OR_COMMENT = /(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\r\n]*)*/y;

/** Offset after white space and comments. */
export function afterBlanks(text: string, offset: number): number {
  BLANK_OR_COMMENT.lastIndex = offset;
  return offset + (BLANK_OR_COMMENT.exec(text)?.[0].length ?? 0);
}

/** Offset of the start of a line. */
export function lineStart(text: string, offset: number): number {
  if (offset === 0) return 0;
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** Offset of the line break that ends at an offset; the offset itself if there is none. */
export function beforeLineBreak(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset - (text[offset - 2] === '\r' ? 2 : 1);
  return text[offset - 1] === '\r' ? offset - 1 : offset;
}
