import type { Message } from '../diagnostics/diagnostic.js';
import { inspect } from '../diagnostics/expected.js';

/** A part of a text that kubectl parses separately. */
export interface Part {
  /** Offset in the text. */
  readonly start: number;
  readonly text: string;
  /** Why kubectl refuses the separator line before the part. */
  readonly fault?: Message;
}

/**
 * Splits a text as kubectl does before parsing: first the JSON objects at its start, then YAML documents between lines
 * that start with `---`.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/v0.34.2/pkg/util/yaml/decoder.go
 */
export function splitManifests(text: string): Part[] {
  const parts = jsonObjects(text);
  let start = parts.reduce((_, part) => part.start + part.text.length, 0);
  let fault: Message | undefined;
  for (const { index, 0: line, groups } of text.matchAll(SEPARATOR)) {
    if (index < start) continue;
    parts.push({ start, text: text.slice(start, index), ...(fault !== undefined && { fault }) });
    start = index + line.length;
    fault = separatorFault(groups?.['rest']?.trim() ?? '');
  }
  return [...parts, { start, text: text.slice(start), ...(fault !== undefined && { fault }) }];
}

/** A line that starts a document. JavaScript's `^` would also match after other line separators. */
const SEPARATOR = /(?<=^|\n)---(?<rest>[^\n]*)\n?/g;

function separatorFault(rest: string): Message | undefined {
  if (rest === '' || rest.startsWith('#')) return undefined;
  return {
    message: 'kubectl accepts only a comment after "---"',
    hint: `write ${inspect(rest)} on the next line`,
  };
}

/** The JSON objects at the start of a text; empty if the text before the first separator is not all JSON. */
function jsonObjects(text: string): Part[] {
  const parts: Part[] = [];
  for (let start = nextObject(text, 0); start !== undefined;) {
    const object = text.slice(start, endOfObject(text, start));
    if (parseJson(object) === undefined) break;
    parts.push({ start, text: object });
    start = nextObject(text, start + object.length);
  }
  return parts;
}

/** Offset of the next object; undefined if other text comes first. */
function nextObject(text: string, from: number): number | undefined {
  const blank = /[ \t\r\n]*/y;
  blank.lastIndex = from;
  blank.exec(text);
  return text[blank.lastIndex] === '{' ? blank.lastIndex : undefined;
}

/** Offset of the end of an object; the end of the text if the object does not end. */
function endOfObject(text: string, start: number): number {
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/gs;
  token.lastIndex = start;
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [bracket] = found;
    if (bracket === '{' || bracket === '[') depth += 1;
    if (bracket === '}' || bracket === ']') depth -= 1;
    if (depth === 0) return token.lastIndex;
  }
  return text.length;
}

/** Parses a JSON text; undefined if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
