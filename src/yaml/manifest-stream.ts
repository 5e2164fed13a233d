import { inspect } from '../diagnostics/expected.js';

/** A part of a text that kubectl parses by itself. */
export interface Part {
  /** Offset in the text. */
  readonly start: number;
  readonly text: string;
  /** Why kubectl refuses the line that separates the part from the one before. */
  readonly fault?: string;
}

/**
 * Splits a text as kubectl does, before any of it is parsed: first the JSON objects with which it starts, one after the
 * other; then YAML documents, between lines that start with `---`.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/v0.34.2/pkg/util/yaml/decoder.go
 */
export function splitManifests(text: string): Part[] {
  const parts = jsonObjects(text);
  let start = parts.reduce((_, part) => part.start + part.text.length, 0);
  let fault: string | undefined;
  for (const { index, 0: line, groups } of text.matchAll(SEPARATOR)) {
    if (index < start) continue;
    parts.push({ start, text: text.slice(start, index), ...(fault !== undefined && { fault }) });
    start = index + line.length;
    fault = separatorFault(groups?.['rest']?.trim() ?? '');
  }
  return [...parts, { start, text: text.slice(start), ...(fault !== undefined && { fault }) }];
}

/** A line that starts a document. JavaScript's `^` would match after other line separators, too. */
const SEPARATOR = /(?<=^|\n)---(?<rest>[^\n]*)\n?/g;

function separatorFault(rest: string): string | undefined {
  if (rest === '' || rest.startsWith('#')) return undefined;
  return `kubectl takes only a comment after "---" in its line; write ${inspect(rest)} in the next line`;
}

/** The JSON objects with which a text starts; none where it is not JSON as a whole up to the first separator. */
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

/** Where the next object starts, if nothing else is before it. */
function nextObject(text: string, from: number): number | undefined {
  const blank = /[ \t\r\n]*/y;
  blank.lastIndex = from;
  blank.exec(text);
  return text[blank.lastIndex] === '{' ? blank.lastIndex : undefined;
}

/** Where the object that starts at an offset ends; the end of the text where it does not end. */
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

/** The value of a JSON text; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
